"""Generated Python stubs: streams, deadlines, cancellation, details of errors; and gRPC-Web by hand."""

import base64
import struct
import time

import grpc
import pytest
from google.rpc import error_details_pb2, status_pb2
from grpc_health.v1 import health_pb2, health_pb2_grpc
from parley.v1 import chat_pb2, chat_pb2_grpc, model_pb2, model_pb2_grpc

MODELS = ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o", "qwen3:8b", "Qwen/Qwen3-Omni-30B-A3B-Instruct"]


@pytest.fixture(scope="module")
def channel(url):
    with grpc.insecure_channel(url.removeprefix("http://")) as made:
        yield made


@pytest.fixture(scope="module")
def chat(channel):
    return chat_pb2_grpc.ChatServiceStub(channel)


def asking(model, text, **more):
    message = chat_pb2.Message(role="user", content=[chat_pb2.Content(text=text)])
    return chat_pb2.CompleteRequest(model=model, messages=[message], **more)


def text_of(answers):
    return "".join(part.text for a in answers for c in a.choices for part in c.message.content)


def detail(error, kind):
    trailers = dict(error.trailing_metadata())
    status = status_pb2.Status.FromString(trailers["grpc-status-details-bin"])
    for any_detail in status.details:
        found = kind()
        if any_detail.Unpack(found):
            return found
    raise AssertionError(f"no {kind.__name__} in {status}")


@pytest.mark.parametrize("model", MODELS)
def test_complete(chat, model):
    answer = chat.Complete(asking(model, "Grüße 👋"), timeout=30)
    assert text_of([answer]) == "You said: Grüße 👋"
    assert answer.choices[0].finish_reason == "stop" and answer.usage.total_tokens > 0


@pytest.mark.parametrize("model", MODELS)
def test_stream(chat, model):
    answers = list(chat.StreamComplete(asking(model, "Grüße 👋", include_usage=True), timeout=30))
    assert text_of(answers) == "You said: Grüße 👋"
    assert [c.finish_reason for a in answers for c in a.choices if c.finish_reason] == ["stop"]
    assert [a.HasField("usage") for a in answers] == [False] * (len(answers) - 1) + [True]


def test_no_usage_unless_asked(chat):
    answers = list(chat.StreamComplete(asking("Qwen/Qwen3-8B", "hi"), timeout=30))
    assert not any(answer.HasField("usage") for answer in answers)


def test_tools(chat):
    tool = chat_pb2.Tool(type="function", name="get_weather", parameters_json='{"type":"object"}')
    call = asking("Qwen/Qwen3-8B", "weather in Paris and Berlin", tools=[tool])
    calls = chat.Complete(call, timeout=30).choices[0].message.tool_calls
    assert [c.arguments_json for c in calls] == ['{"city":"Paris"}', '{"city":"Berlin"}']
    pieces = {}
    for answer in chat.StreamComplete(call, timeout=30):
        for choice in answer.choices:
            for piece in choice.message.tool_calls:
                pieces[piece.index] = pieces.get(piece.index, "") + piece.arguments_json
    assert pieces == {0: '{"city":"Paris"}', 1: '{"city":"Berlin"}'}


def test_extra_json_both_ways(chat):
    extra = '{"top_k":7,"x":1.0}'
    answer = chat.Complete(asking("Qwen/Qwen3-8B", "hi", extra_json=extra), timeout=30)
    assert '"echo_unknown":{"top_k":7,"x":1.0}' in answer.extra_json.replace(" ", "")


def test_spoken_deltas_are_bytes(chat):
    call = asking("Qwen/Qwen3-Omni-30B-A3B-Instruct", "Say it", modalities=["text", "audio"],
                  audio=chat_pb2.AudioOutput(format="pcm16"))
    data = b"".join(c.message.audio.data for a in chat.StreamComplete(call, timeout=30) for c in a.choices)
    assert len(data) > 1000 and len(data) % 2 == 0


def test_embed(chat):
    inputs = [chat_pb2.Prompt(text="first"), chat_pb2.Prompt(text="second")]
    by_model = [
        chat.Embed(chat_pb2.EmbedRequest(model=m, inputs=inputs), timeout=30).embeddings
        for m in ("text-embedding-3-small", "mxbai-embed-large", "qwen3:8b", "BAAI/bge-m3")
    ]
    for rows in by_model:
        assert [row.index for row in rows] == [0, 1]
        assert list(rows[1].values) == pytest.approx(list(by_model[0][1].values), abs=1e-6)


def test_models(channel):
    stub = model_pb2_grpc.ModelServiceStub(channel)
    wanted = model_pb2.ListModelsRequest(capabilities=[model_pb2.CAPABILITY_EMBEDDING])
    ids = {model.id for model in stub.ListModels(wanted, timeout=30).models}
    assert ids == {"text-embedding-3-small", "mxbai-embed-large", "qwen3:8b", "BAAI/bge-m3"}


def test_health_watch(channel):
    stub = health_pb2_grpc.HealthStub(channel)
    watch = stub.Watch(health_pb2.HealthCheckRequest(service="backends/vllm"), timeout=30)
    assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
    watch.cancel()


@pytest.mark.parametrize("stream", [False, True])
def test_unknown_model_has_details(chat, stream):
    with pytest.raises(grpc.RpcError) as caught:
        call = asking("gpt-4o-mni", "hi")
        list(chat.StreamComplete(call, timeout=30)) if stream else chat.Complete(call, timeout=30)
    error = caught.value
    assert error.code() == grpc.StatusCode.NOT_FOUND and "gpt-4o-mini" in error.details()
    info = detail(error, error_details_pb2.ErrorInfo)
    assert (info.reason, info.domain) == ("MODEL_NOT_FOUND", "parley.v1")
    assert detail(error, error_details_pb2.RequestInfo).request_id
    assert detail(error, error_details_pb2.ResourceInfo).resource_name == "gpt-4o-mni"


def test_bad_value_names_its_field(chat):
    with pytest.raises(grpc.RpcError) as caught:
        chat.Complete(asking("gpt-4o-mini", "hi", sampling=chat_pb2.Sampling(temperature=9)), timeout=30)
    assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
    fields = [v.field for v in detail(caught.value, error_details_pb2.BadRequest).field_violations]
    assert any("temperature" in field for field in fields)


def test_stream_that_breaks_is_no_clean_end(chat):
    for fault in ("[[error]]", "[[close-after 3]]", "[[reset-after 3]]"):
        got = []
        with pytest.raises(grpc.RpcError) as caught:
            got.extend(chat.StreamComplete(asking("Qwen/Qwen3-8B", fault + " [[words 20]]"), timeout=30))
        assert caught.value.code() == grpc.StatusCode.UNAVAILABLE
        assert detail(caught.value, error_details_pb2.ErrorInfo).reason == "BACKEND_FAILED"


def test_deadline_reaches_the_backend(chat, fakes):
    before = fakes["vllm"].cancelled()
    began = time.monotonic()
    with pytest.raises(grpc.RpcError) as caught:
        chat.Complete(asking("Qwen/Qwen3-8B", "[[hang]]"), timeout=0.5)
    assert caught.value.code() == grpc.StatusCode.DEADLINE_EXCEEDED and time.monotonic() - began < 3
    fakes["vllm"].wait_cancelled(before + 1)


def test_cancelled_stream_frees_the_backend(chat, fakes):
    times = []
    for _ in range(8):
        before = fakes["vllm"].cancelled()
        call = chat.StreamComplete(asking("Qwen/Qwen3-8B", "[[slow]] [[words 400]]"), timeout=30)
        next(call)
        call.cancel()
        times.append(fakes["vllm"].wait_cancelled(before + 1))
    assert min(times) < 0.1, times  # a busy machine only adds


def frames(data):
    while data:
        flag, size = struct.unpack(">BI", data[:5])
        yield flag, data[5 : 5 + size]
        data = data[5 + size :]


@pytest.mark.parametrize("kind", ["application/grpc-web+proto", "application/grpc-web-text+proto"])
def test_grpc_web_by_hand(raw, kind):
    payload = asking("Qwen/Qwen3-8B", "hi").SerializeToString()
    body = struct.pack(">BI", 0, len(payload)) + payload
    text = "text" in kind
    answer = raw.post(
        "/parley.v1.ChatService/StreamComplete",
        content=base64.b64encode(body) if text else body,
        headers={"content-type": kind, "accept": kind, "x-grpc-web": "1"})
    assert answer.status_code == 200 and answer.headers["content-type"].startswith(kind.split("+")[0])
    content = answer.content
    if text:  # pieces of base64, each padded on its own
        content = b"".join(base64.b64decode(p + b"==") for p in content.replace(b"=", b" ").split())
    got = list(frames(content))
    assert text_of(chat_pb2.CompleteResponse.FromString(f) for flag, f in got if flag == 0) == "You said: hi"
    assert got[-1][0] == 0x80 and b"grpc-status: 0" in got[-1][1].replace(b"grpc-status:0", b"grpc-status: 0")
