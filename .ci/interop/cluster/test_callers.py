"""What callers do, through TLS, over two hubs: SDK, gRPC, gRPC-Web, uploads, voices; and what Envoy says no to."""

import base64
import json
import re
import socket
import ssl
import struct
import time
import uuid

import grpc
import http3
import httpx
import pytest
from conftest import CLONING, MODEL, TEAM, WRITER
from front import Front, certificate, free_port
from parley.v1 import chat_pb2, chat_pb2_grpc, model_pb2

KEY = (("authorization", f"Bearer {TEAM}"),)


def user(text):
    return [{"role": "user", "content": text}]


def asking(text):
    return chat_pb2.CompleteRequest(
        model=MODEL, messages=[chat_pb2.Message(role="user", content=[chat_pb2.Content(text=text)])])


def text_of(answers):
    return "".join(part.text for a in answers for c in a.choices for part in c.message.content)


def test_chat_and_its_stream(client):
    answer = client.chat.completions.create(model=MODEL, messages=user("hi"))
    assert answer.choices[0].message.content == "You said: hi"
    began, arrivals = time.monotonic(), []
    with client.chat.completions.create(model=MODEL, messages=user("[[slow]] [[words 30]]"), stream=True) as stream:
        for _ in stream:
            arrivals.append(time.monotonic() - began)
    assert len(arrivals) > 30 and arrivals[0] < arrivals[-1] / 3


def test_both_hubs_get_calls(cluster, raw):
    ids = [raw.get("/v1/models").headers["x-request-id"] for _ in range(40)]
    end = time.monotonic() + 10
    while time.monotonic() < end:
        served = {call["hub"] for call in cluster.front.calls() if call["request_id"] in ids}
        if len(served) == 2:
            break
        time.sleep(0.2)
    assert served == {hub.address for hub in cluster.hubs}


def test_grpc_and_its_stream(channel):
    chat = chat_pb2_grpc.ChatServiceStub(channel)
    assert text_of([chat.Complete(asking("hi"), timeout=30, metadata=KEY)]) == "You said: hi"
    assert text_of(chat.StreamComplete(asking("hi"), timeout=30, metadata=KEY)) == "You said: hi"
    with pytest.raises(grpc.RpcError) as caught:
        chat.Complete(chat_pb2.CompleteRequest(model="none", messages=asking("hi").messages), metadata=KEY, timeout=30)
    assert caught.value.code() == grpc.StatusCode.NOT_FOUND
    assert "grpc-status-details-bin" in dict(caught.value.trailing_metadata())


@pytest.mark.parametrize("kind", ["application/grpc-web+proto", "application/grpc-web-text"])
def test_grpc_web(raw, kind):
    asked = model_pb2.ListModelsRequest().SerializeToString()
    framed = struct.pack(">BI", 0, len(asked)) + asked
    text = kind.endswith("text")
    answer = raw.post("/parley.v1.ModelService/ListModels", content=base64.b64encode(framed) if text else framed,
                      headers={"content-type": kind, "accept": kind, "x-grpc-web": "1"})
    assert answer.status_code == 200, answer.text
    body = answer.content
    if text:
        body = b"".join(base64.b64decode(part) for part in re.findall(rb"[^=]+=*", body))
    size = struct.unpack(">I", body[1:5])[0]
    assert {m.id for m in model_pb2.ListModelsResponse.FromString(body[5:5 + size]).models} >= {MODEL, CLONING}
    assert b"grpc-status:0" in body[5 + size:].replace(b" ", b"")


def test_uploads(raw, client, recording):
    large = raw.post("/v1/chat/completions", json={"model": MODEL, "messages": user("a" * 3_000_000)})
    assert large.status_code == 200
    written = client.audio.transcriptions.create(model=WRITER, file=("spoken.wav", recording))
    assert written.usage.seconds > 5


def test_a_voice_made_on_one_hub_is_on_the_other(cluster, raw, recording):
    made = raw.post("/voices", data={"name": f"v-{uuid.uuid4()}"}, files={"files": ("a.wav", recording, "audio/wav")})
    assert made.status_code == 201, made.text
    name = made.json()["voice_id"]
    with httpx.Client(trust_env=False, timeout=30, headers={"authorization": f"Bearer {TEAM}"}) as direct:
        for hub in cluster.hubs:
            assert direct.get(f"http://{hub.address}/voices/{name}").status_code == 200
            spoken = direct.post(f"http://{hub.address}/v1/audio/speech",
                                 json={"model": CLONING, "voice": name, "input": "Hi.", "response_format": "wav"})
            assert spoken.status_code == 200 and spoken.content[:4] == b"RIFF"
    assert raw.delete(f"/voices/{name}").status_code == 200


def test_ids_are_kept_and_the_log_tells_no_secrets(cluster, raw):
    mine = f"mine-{uuid.uuid4()}"
    answer = raw.get("/v1/models?task=chat&secret=in-the-query", headers={"x-request-id": mine, "api-key": "sk-in-a-header"})
    assert answer.headers["x-request-id"] == mine
    end = time.monotonic() + 10
    while mine not in {call["request_id"] for call in cluster.front.calls()}:
        assert time.monotonic() < end
        time.sleep(0.2)
    call = next(call for call in cluster.front.calls() if call["request_id"] == mine)
    # Two keys that differ are one too many.
    assert (call["method"], call["path"], call["status"]) == ("GET", "/v1/models", 401)
    log = (cluster.front.folder / "access.log").read_text()
    assert "in-the-query" not in log and "sk-in-a-header" not in log and TEAM not in log


def test_http2_by_alpn(cluster, trust):
    trust.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("localhost", cluster.front.port), timeout=10) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as secure:
            assert secure.selected_alpn_protocol() == "h2" and secure.version() == "TLSv1.3"


def test_http3(cluster, raw):
    assert raw.get("/v1/models").headers["alt-svc"].startswith(f'h3=":{cluster.front.port}"')
    body = json.dumps({"model": MODEL, "stream": True, "messages": user("hi")}).encode()
    headers, answer = http3.request(cluster.front.port, cluster.front.ca, "POST", "/v1/chat/completions",
                                    (*KEY, ("content-type", "application/json")), body)
    assert headers[":status"] == "200" and headers["content-type"].startswith("text/event-stream")
    assert answer.rstrip().endswith(b"data: [DONE]")
    headers, answer = http3.request(cluster.front.port, cluster.front.ca, "GET", "/metrics")
    assert headers[":status"] == "404" and b"invalid_request_error" in answer


@pytest.mark.parametrize("head", [
    "content-length: 5\r\ntransfer-encoding: chunked\r\n",  # both lengths
    "content-length: 5\r\ncontent-length: 6\r\n",
    "transfer-encoding: chunked, identity\r\n",
    "content-length : 5\r\n",
    "content_length: 5\r\n",
    "x: " + "a" * 40_000 + "\r\n",
    "".join(f"x-{n}: 1\r\n" for n in range(150)),
])
def test_requests_that_two_servers_might_read_in_two_ways_are_refused(cluster, trust, head):
    trust.set_alpn_protocols(["http/1.1"])
    with socket.create_connection(("localhost", cluster.front.port), timeout=10) as plain:
        with trust.wrap_socket(plain, server_hostname="localhost") as secure:
            secure.sendall(f"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\n{head}\r\n".encode())
            answer = secure.recv(65536).decode(errors="replace")
    # By Envoy, not by a hub that read it.
    assert re.match(r"HTTP/1\.1 (400|431|501) ", answer) and "refused in front of the hub" in answer, answer[:600]


def test_what_only_operators_may_see_is_not_there(cluster, raw):
    answer = raw.get("/metrics")
    assert answer.status_code == 404 and answer.json()["error"]["type"] == "invalid_request_error"
    stats = httpx.get(f"http://127.0.0.1:{cluster.front.operators}/stats/prometheus", trust_env=False).text
    assert 'envoy_cluster_membership_healthy{envoy_cluster_name="hubs"} 2' in stats
    assert httpx.get(f"http://127.0.0.1:{cluster.front.operators}/quitquitquit", trust_env=False).status_code == 404


def test_a_new_certificate_is_taken_without_a_restart(cluster, trust):
    certificate(cluster.front.folder / "certs", "renewed")
    new = (cluster.front.folder / "certs/tls.crt").read_text()
    end = time.monotonic() + 20
    while ssl.get_server_certificate(("localhost", cluster.front.port), timeout=5).split() != new.split():
        assert time.monotonic() < end, "the old certificate is still shown"
        time.sleep(0.2)
    trust.load_verify_locations(cadata=new)


def test_an_address_that_floods_is_told_so_and_served_again_after_a_while(cluster, tmp_path):
    front = Front(tmp_path / "front", [hub.port for hub in cluster.hubs],
                  [("max_tokens: 1000, tokens_per_fill: 500", "max_tokens: 20, tokens_per_fill: 5")])
    try:
        front.start()
        with httpx.Client(base_url=front.url, verify=ssl.create_default_context(cafile=str(front.ca)),
                          trust_env=False, timeout=30) as http:
            answers = [http.get("/healthz") for _ in range(60)]
            refused = [answer for answer in answers if answer.status_code == 429]
            assert refused and answers[0].status_code == 200 and len(refused) < 50
            assert refused[0].json()["error"]["code"] == "rate_limit_exceeded"
            assert refused[0].headers["retry-after"] == "1" and refused[0].headers["x-request-id"]
            with grpc.secure_channel(front.url.removeprefix("https://"),
                                     grpc.ssl_channel_credentials(front.ca.read_bytes())) as channel:
                codes = {grpc.StatusCode.OK}
                for _ in range(60):
                    try:
                        chat_pb2_grpc.ChatServiceStub(channel).Complete(asking("hi"), timeout=30, metadata=KEY)
                    except grpc.RpcError as error:
                        codes.add(error.code())
                assert codes <= {grpc.StatusCode.OK, grpc.StatusCode.RESOURCE_EXHAUSTED} and len(codes) == 2
            end = time.monotonic() + 10
            while http.get("/healthz").status_code != 200:
                assert time.monotonic() < end
                time.sleep(0.2)
    finally:
        front.stop()


def test_without_a_hub_callers_are_told_so_at_once(tmp_path):
    front = Front(tmp_path / "front", [free_port(), free_port()])
    try:
        front.start(ready=False)
        context = ssl.create_default_context(cafile=str(front.ca))
        with httpx.Client(base_url=front.url, verify=context, trust_env=False, timeout=30) as http:
            answer = http.post("/v1/chat/completions", json={"model": MODEL, "messages": user("hi")})
            assert (answer.status_code, answer.json()["error"]["code"]) == (503, "overloaded")
            assert answer.headers["retry-after"] == "1" and answer.headers["content-type"] == "application/json"
        with grpc.secure_channel(front.url.removeprefix("https://"),
                                 grpc.ssl_channel_credentials(front.ca.read_bytes())) as channel:
            with pytest.raises(grpc.RpcError) as caught:
                chat_pb2_grpc.ChatServiceStub(channel).Complete(asking("hi"), timeout=30, metadata=KEY)
            assert caught.value.code() == grpc.StatusCode.UNAVAILABLE and "127.0.0.1" not in caught.value.details()
        assert not front.is_ready()
    finally:
        front.stop()
