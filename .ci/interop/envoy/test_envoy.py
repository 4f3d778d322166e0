"""A small part of the suites once more, with Envoy in between."""

import time

import grpc
import httpx
import openai
import pytest
from front import ROOT, validate
from parley.v1 import chat_pb2, chat_pb2_grpc

MODEL = "Qwen/Qwen3-8B"


def user(text):
    return [{"role": "user", "content": text}]


def test_configuration_is_valid():
    validate(ROOT / "envoy/envoy.yaml")


def test_chat(through):
    answer = through.chat.completions.create(model=MODEL, messages=user("hi"))
    assert answer.choices[0].message.content == "You said: hi"


def test_stream_is_not_held_back(through):
    began = time.monotonic()
    arrivals = []
    with through.chat.completions.create(model=MODEL, messages=user("[[slow]] [[words 30]]"), stream=True) as stream:
        for _ in stream:
            arrivals.append(time.monotonic() - began)
    assert len(arrivals) > 30 and arrivals[0] < arrivals[-1] / 3


def test_stream_that_breaks_is_no_clean_end(through):
    with pytest.raises(openai.APIError):
        with through.chat.completions.create(
            model=MODEL, messages=user("[[close-after 3]] [[words 20]]"), stream=True
        ) as stream:
            assert [chunk for chunk in stream]


def test_departure_goes_through(through, fakes):
    times = []
    for _ in range(8):
        before = fakes["vllm"].cancelled()
        with through.chat.completions.create(model=MODEL, messages=user("[[slow]] [[words 400]]"), stream=True) as s:
            next(iter(s))
        times.append(fakes["vllm"].wait_cancelled(before + 1))
    assert min(times) < 0.1, times  # a busy machine only adds


@pytest.mark.parametrize("path", [MODEL, MODEL.replace("/", "%2F")])
def test_escaped_slash_stays_as_it_is(envoy, path):
    assert httpx.get(f"{envoy}/v1/models/{path}", trust_env=False).json()["id"] == MODEL


def test_errors_and_request_ids_are_the_hubs(envoy):
    answer = httpx.post(
        envoy + "/v1/chat/completions", json={"model": "none", "messages": user("hi")},
        headers={"x-request-id": "mine-42"}, trust_env=False)
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "model_not_found"
    assert answer.headers["x-request-id"] == "mine-42"


def test_large_body_is_not_refused_on_the_way(envoy):
    answer = httpx.post(
        envoy + "/v1/chat/completions", json={"model": MODEL, "messages": user("a" * 3_000_000)}, trust_env=False,
        timeout=30)
    assert answer.status_code == 200


def test_grpc(envoy):
    message = chat_pb2.Message(role="user", content=[chat_pb2.Content(text="hi")])
    asked = chat_pb2.CompleteRequest(model=MODEL, messages=[message])
    with grpc.insecure_channel(envoy.removeprefix("http://")) as channel:
        chat = chat_pb2_grpc.ChatServiceStub(channel)
        assert chat.Complete(asked, timeout=30).choices[0].message.content[0].text == "You said: hi"
        answers = list(chat.StreamComplete(asked, timeout=30))
        assert "".join(p.text for a in answers for c in a.choices for p in c.message.content) == "You said: hi"
        with pytest.raises(grpc.RpcError) as caught:
            chat.Complete(chat_pb2.CompleteRequest(model="none", messages=[message]), timeout=30)
        assert caught.value.code() == grpc.StatusCode.NOT_FOUND
        assert "grpc-status-details-bin" in dict(caught.value.trailing_metadata())


def test_transcoding_answers_as_the_hub_does(transcoding, url):
    got, own = (httpx.get(f"{base}/api/models", trust_env=False) for base in (transcoding, url))
    # By gRPC, which leaves its mark on the answer, and with the members of the schema.
    assert got.headers["grpc-status"] == "0" and "grpc-status" not in own.headers
    assert [m["id"] for m in got.json()["models"]] == [m["id"] for m in own.json()["models"]]
    assert set(got.json()["models"][0]) <= set(own.json()["models"][0])
    one = httpx.get(f"{transcoding}/api/models/{MODEL}", trust_env=False)
    assert one.headers["grpc-status"] == "0" and one.json()["id"] == MODEL
    assert httpx.get(f"{transcoding}/api/models?nonsense=1", trust_env=False).status_code == 400
    assert httpx.get(f"{transcoding}/api/models/none", trust_env=False).status_code == 404
    # All else is the hub's own.
    assert "grpc-status" not in httpx.get(f"{transcoding}/v1/models", trust_env=False).headers
