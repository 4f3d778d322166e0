"""What the schema does not know arrives on both sides as it was sent; what is not for the backend does not."""

import json

import pytest
from conftest import user

ODD = {"chat_template_kwargs": {"enable_thinking": False, "deep": [{"x": 1.0}, None, "ü"]}, "top_k": 7, "min_p": None}


@pytest.mark.parametrize("model", ["gpt-4o-mini", "Qwen/Qwen3-8B", "llama-chat", "openai/gpt-4o"])
def test_extra_body_arrives_and_comes_back(client, model):
    answer = client.chat.completions.create(model=model, messages=user("hi"), extra_body=ODD)
    seen = answer.model_extra["echo_unknown"]
    assert seen["chat_template_kwargs"] == ODD["chat_template_kwargs"] and seen["top_k"] == 7
    assert "min_p" in seen and seen["min_p"] is None


@pytest.mark.parametrize("model", ["Qwen/Qwen3-8B", "Qwen/Qwen3-Omni-30B-A3B-Instruct"])
def test_extra_body_arrives_in_streams(client, model):
    with client.chat.completions.create(model=model, messages=user("hi"), stream=True, extra_body=ODD) as stream:
        seen = [chunk.model_extra["echo_unknown"] for chunk in stream if "echo_unknown" in (chunk.model_extra or {})]
    assert seen[0]["chat_template_kwargs"] == ODD["chat_template_kwargs"]


def test_literal_extra_body_is_merged(raw):
    body = {"model": "Qwen/Qwen3-8B", "messages": user("hi"), "extra_body": {"top_k": 7}}
    assert raw.post("/v1/chat/completions", json=body).json()["echo_unknown"] == {"top_k": 7}


def recorded(answer):
    assert answer.status_code == 200, answer.text
    return json.loads(answer.json()["choices"][0]["message"]["content"])


def test_bytes_arrive_as_they_were_spelled(raw):
    body = (
        '{"model":"recorder", "temperature":1.0,"seed":9007199254740993,"x":1e2,  "y":-0.0,"z":null,'
        '"messages":[{"content":"caf\\u00e9","role":"user","future":{"k":[1.50]}}]}'
    )
    seen = recorded(raw.post("/v1/chat/completions", content=body, headers={"content-type": "application/json"}))
    for piece in ['"temperature":1.0', "9007199254740993", '"x":1e2', '"y":-0.0', '"z":null', "caf\\u00e9", "[1.50]"]:
        assert piece in seen["body"], piece


def test_headers_that_may_travel_and_others(raw):
    sent = {
        "authorization": "Bearer sk-of-the-caller",
        "cookie": "a=b",
        "openai-organization": "org-1",
        "openai-project": "proj-1",
        "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "x-private": "no",
    }
    seen = recorded(raw.post("/v1/chat/completions", json={"model": "recorder", "messages": user("hi")}, headers=sent))
    headers = seen["headers"]
    assert headers["authorization"] == "Bearer recorder-secret"
    assert headers["openai-organization"] == "org-1" and headers["openai-project"] == "proj-1"
    assert headers["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert "cookie" not in headers and "x-private" not in headers
    assert "sk-of-the-caller" not in json.dumps(seen)


def test_alias_is_replaced_and_members_answer(client):
    answer = client.chat.completions.create(model="assistant", messages=user("hi"), extra_body={"top_k": 1})
    assert answer.model_extra["echo_unknown"] == {"top_k": 1}
    assert answer.model in ("assistant", "Qwen/Qwen3-8B")


def test_logprobs_are_not_refused(client):
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=user("hi"), logprobs=True, top_logprobs=2)
    assert answer.choices[0].message.content
    seen = client.chat.completions.create(model="recorder", messages=user("hi"), logprobs=True, top_logprobs=2)
    body = json.loads(json.loads(seen.choices[0].message.content)["body"])
    assert body["logprobs"] is True and body["top_logprobs"] == 2
