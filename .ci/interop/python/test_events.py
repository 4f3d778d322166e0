"""Server-sent events on the wire, without an SDK in between."""

import pytest
from conftest import CHAT_MODELS, user


def stream(raw, model, text="hi", **more):
    body = {"model": model, "messages": user(text), "stream": True} | more
    with raw.stream("POST", "/v1/chat/completions", json=body) as answer:
        return answer.headers, "".join(answer.iter_text())


@pytest.mark.parametrize("model", CHAT_MODELS)
def test_framing(raw, model):
    headers, text = stream(raw, model)
    assert headers["content-type"].startswith("text/event-stream")
    assert "no-cache" in headers["cache-control"] and headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in headers and headers["x-request-id"]
    assert "\r" not in text and text.endswith("data: [DONE]\n\n") and text.count("[DONE]") == 1
    for event in text.removesuffix("\n\n").split("\n\n"):
        for line in event.split("\n"):
            assert line.startswith(("data: {", "data: [DONE]", ":")), line


def test_no_compression_even_if_offered(raw):
    body = {"model": "Qwen/Qwen3-8B", "messages": user("hi"), "stream": True}
    with raw.stream("POST", "/v1/chat/completions", json=body, headers={"accept-encoding": "gzip, br"}) as answer:
        assert "content-encoding" not in answer.headers


def test_heartbeat_is_a_comment(raw):
    _, text = stream(raw, "recorder", "pause")
    comments = [line for line in text.split("\n") if line.startswith(":")]
    assert 1 <= len(comments) <= 4 and "event:" not in text


def test_heartbeat_is_nothing_to_the_sdk(client):
    with client.chat.completions.create(model="recorder", messages=user("pause"), stream=True) as chunks:
        text = "".join(c.choices[0].delta.content or "" for c in chunks)
    assert text == "one two"


def test_usage_is_null_or_absent_before_the_last(raw):
    _, text = stream(raw, "Qwen/Qwen3-8B", stream_options={"include_usage": True})
    events = text.removesuffix("\n\n").split("\n\n")
    assert '"choices":[]' in events[-2] and '"usage":{' in events[-2]
    assert not any('"usage":{' in event for event in events[:-2])


def test_request_id_is_kept(raw):
    body = {"model": "Qwen/Qwen3-8B", "messages": user("hi")}
    answer = raw.post("/v1/chat/completions", json=body, headers={"x-request-id": "mine-42"})
    assert answer.headers["x-request-id"] == "mine-42"
