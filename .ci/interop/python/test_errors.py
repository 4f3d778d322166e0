"""Every failure as the exception that an SDK's user expects, and never a clean end for a broken answer."""

import time

import httpx
import openai
import pytest
from conftest import user


def test_unknown_model_names_the_nearest(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.chat.completions.create(model="gpt-4o-mni", messages=user("hi"))
    error = caught.value
    assert (error.code, error.param, error.type) == ("model_not_found", "model", "invalid_request_error")
    assert "gpt-4o-mini" in error.message and error.request_id


@pytest.mark.parametrize(
    "change, param",
    [
        ({"temperature": "hot"}, "temperature"),
        ({"messages": []}, "messages"),
        ({"messages": "hi"}, "messages"),
        ({"messages": [{"role": "user", "content": 7}]}, "messages"),
        ({"stream": "yes"}, "stream"),
        ({"model": 5}, "model"),
        ({"n": 0}, "n"),
        ({"tools": {}}, "tools"),
    ],
)
def test_bad_field_is_named(raw, change, param):
    answer = raw.post("/v1/chat/completions", json={"model": "gpt-4o-mini", "messages": user("hi")} | change)
    assert answer.status_code == 400, answer.text
    error = answer.json()["error"]
    assert error["param"].startswith(param) and error["type"] == "invalid_request_error" and error["message"]


def test_bad_field_through_the_sdk(client):
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="gpt-4o-mini", messages=user("hi"), temperature=3)
    assert caught.value.param == "temperature"


@pytest.mark.parametrize("stream", [False, True])
def test_capability_that_is_missing(client, stream):
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="text-embedding-3-small", messages=user("hi"), stream=stream)
    assert caught.value.code == "unsupported_value" and "chat" in caught.value.message


@pytest.mark.parametrize("model", ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o"])
@pytest.mark.parametrize("stream", [False, True])
def test_credentials_of_the_hub_are_not_the_callers(client, model, stream):
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model=model, messages=user("[[status 401]]"), stream=stream)
    assert caught.value.status_code == 502 and caught.value.type == "server_error"


@pytest.mark.parametrize("model", ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o"])
def test_too_long_context_is_told_once(client, fakes, model):
    kind = {"gpt-4o-mini": "openai", "Qwen/Qwen3-8B": "vllm", "llama-chat": "llama-server"}.get(model, "openrouter")
    before = len([r for r in fakes[kind].journal() if r["method"] == "POST"])
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model=model, messages=user("[[context]]"))
    assert "context" in caught.value.message
    assert len([r for r in fakes[kind].journal() if r["method"] == "POST"]) == before + 1


def test_rate_limit_names_the_wait(client):
    with pytest.raises(openai.RateLimitError) as caught:
        client.chat.completions.create(model="recorder", messages=user("limit a"))
    assert caught.value.response.headers["retry-after"] == "1" and caught.value.code == "rate_limit_exceeded"


def test_rate_limit_is_waited_for_by_the_sdk(client):
    began = time.monotonic()
    answer = client.with_options(max_retries=1).chat.completions.create(model="recorder", messages=user("limit b"))
    assert answer.choices[0].finish_reason == "stop" and time.monotonic() - began >= 0.9


@pytest.mark.parametrize("model", ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o", "qwen3:8b"])
def test_failure_before_the_answer(client, model):
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model=model, messages=user("[[error]]"))
    assert caught.value.status_code in (500, 502) and caught.value.request_id


MODELS = ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o", "qwen3:8b", "Qwen/Qwen3-Omni-30B-A3B-Instruct"]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("fault", ["[[error]]", "[[close-after 3]]", "[[reset-after 3]]"])
def test_failure_within_a_stream_is_raised(client, model, fault):
    text = ""
    with pytest.raises(openai.APIError) as caught:
        with client.chat.completions.create(model=model, messages=user(fault + " [[words 20]]"), stream=True) as stream:
            for chunk in stream:
                text += "".join(choice.delta.content or "" for choice in chunk.choices)
    assert not isinstance(caught.value, openai.APIStatusError) and caught.value.message
    assert "word20" not in text


@pytest.mark.parametrize("fault", ["[[error]]", "[[close-after 3]]"])
def test_failed_stream_has_its_error_and_no_done(raw, fault):
    body = {"model": "Qwen/Qwen3-8B", "messages": user(fault + " [[words 20]]"), "stream": True}
    lines = []
    with raw.stream("POST", "/v1/chat/completions", json=body) as answer:
        assert answer.status_code == 200
        with pytest.raises(httpx.HTTPError):
            lines += [line for line in iter_into(answer, lines)]
    events = [line for line in lines if line.startswith("data:")]
    assert '"error"' in events[-1] and "[DONE]" not in "".join(events)


def iter_into(answer, lines):
    """Collects lines as they come, so that they are kept when the stream breaks."""
    for line in answer.iter_lines():
        lines.append(line)
    return []


def test_unreachable_backend(client):
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model="nobody-home", messages=user("hi"))
    assert caught.value.status_code in (502, 503) and "127.0.0.1" not in caught.value.message


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("fault", ["[[hang]]", "[[hang-after 0]]"])
def test_silent_backend_is_given_up(client, fault, stream):
    began = time.monotonic()
    with pytest.raises(openai.InternalServerError) as caught:
        client.chat.completions.create(model="impatient-model", messages=user(fault), stream=stream)
    assert caught.value.status_code == 504 and caught.value.code == "timeout"
    assert 0.5 < time.monotonic() - began < 8


def test_stream_that_falls_silent_is_given_up(client):
    with pytest.raises(openai.APIError):
        with client.chat.completions.create(
            model="impatient-model", messages=user("[[hang-after 4]] [[words 20]]"), stream=True
        ) as stream:
            assert [chunk for chunk in stream]


def test_nothing_private_in_errors(raw):
    for text in ("[[error]]", "[[close-after 0]]", "[[reset-after 0]]", "[[status 401]]"):
        answer = raw.post("/v1/chat/completions", json={"model": "gpt-4o-mini", "messages": user(text)})
        assert answer.status_code >= 500
        for word in ("Exception", "dev.parley", "armeria", "127.0.0.1", "\tat "):
            assert word not in answer.text
