"""Plain HTTP, as curl speaks it: health, refusals, bad bodies, both versions of HTTP."""

import json
import subprocess

import pytest
from conftest import user

CHAT = "/v1/chat/completions"


def curl(*arguments):
    command = ["curl", "-sS", "--noproxy", "*", "--max-time", "30", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return done.stdout


def status_of(url, *arguments):
    body, status = curl("-w", "\n%{http_code} %{http_version}", *arguments, url).rsplit("\n", 1)
    return int(status.split()[0]), status.split()[1], body


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_live_and_ready(url, path):
    assert status_of(url + path)[0] == 200


def test_health_names_every_backend(url):
    body = json.loads(curl(url + "/health"))
    wanted = {"openai", "vllm", "vllm-omni", "llama-server", "openrouter", "ollama", "tei", "closed"}
    assert body["status"] and wanted <= set(body["backends"])


def test_ready_answers_head(url):
    assert curl("-I", url + "/readyz").startswith("HTTP/1.1 200")


@pytest.mark.parametrize("way", ["--http1.1", "--http2-prior-knowledge", "--http2"])
def test_versions_of_http(url, way):
    body = json.dumps({"model": "Qwen/Qwen3-8B", "messages": user("hi")})
    status, version, text = status_of(url + CHAT, way, "-H", "content-type: application/json", "-d", body)
    assert status == 200 and json.loads(text)["choices"][0]["message"]["content"] == "You said: hi"
    assert version == ("1.1" if way == "--http1.1" else "2")


def test_stream_over_http2(url):
    body = json.dumps({"model": "Qwen/Qwen3-8B", "messages": user("hi"), "stream": True})
    text = curl("-N", "--http2-prior-knowledge", "-H", "content-type: application/json", "-d", body, url + CHAT)
    assert text.endswith("data: [DONE]\n\n")


def refused(answer, status, *words):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/json") and answer.headers["x-request-id"]
    error = answer.json()["error"]
    assert set(error) >= {"message", "type", "param", "code"}
    assert error["code"] is None or isinstance(error["code"], str)
    for word in words:
        assert word in answer.text, answer.text
    for word in ("Exception", "dev.parley", "armeria", "\tat "):
        assert word not in answer.text
    return error


def test_unknown_path(raw):
    refused(raw.get("/v1/chat/completion"), 404, "/v1/chat/completion")


@pytest.mark.parametrize("method, path", [("GET", CHAT), ("DELETE", CHAT), ("POST", "/v1/models")])
def test_wrong_method(raw, method, path):
    answer = raw.request(method, path)
    refused(answer, 405)
    assert answer.headers["allow"]


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x"])
def test_wrong_media_type(raw, kind):
    refused(raw.post(CHAT, content=b"hello", headers={"content-type": kind}), 415, "application/json")


@pytest.mark.parametrize("known_length", [True, False])
def test_body_over_the_limit(raw, known_length):
    # The suites' hub takes 4 MiB.
    pieces = [b'{"model":"recorder","messages":[{"role":"user","content":"'] + [b"a" * 65536] * 80 + [b'"}]}']
    content = b"".join(pieces) if known_length else iter(pieces)
    try:
        answer = raw.post(CHAT, content=content, headers={"content-type": "application/json"})
    except OSError as e:  # httpx has sent on into a closed connection
        pytest.fail(f"no answer: {e}")
    refused(answer, 413, "4")


def test_body_below_the_limit(raw):
    answer = raw.post(CHAT, json={"model": "gpt-4o-mini", "messages": user("a" * 3_900_000)})
    assert answer.status_code == 200 and len(answer.json()["choices"][0]["message"]["content"]) > 3_900_000


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"model":"gpt-4o-mini",}',
        b'{"model":"gpt-4o-mini","messages":[{"role":"user","content":"\xff\xfe"}]}',
        b"[]",
        b'"text"',
        b"nul",
        b'{"a":1} {"b":2}',
        b'{"model":"gpt-4o-mini","messages":' + b"[" * 5000 + b"]" * 5000 + b"}",
        b'{"model":"gpt-4o-mini","messages":[' + b"1," * 1_200_000 + b"1]}",
    ],
)
def test_bad_body(raw, body):
    refused(raw.post(CHAT, content=body, headers={"content-type": "application/json"}), 400)


def test_position_of_a_syntax_error(raw):
    body = b'{"model":"gpt-4o-mini",\n "messages": nope}'
    error = refused(raw.post(CHAT, content=body, headers={"content-type": "application/json"}), 400)
    assert any(mark in error["message"] for mark in ("line 2", "offset 37", "byte 37", "position 37")), error


def test_hub_is_as_before_after_all_that(raw):
    answer = raw.post(CHAT, json={"model": "Qwen/Qwen3-8B", "messages": user("hi")})
    assert answer.json()["choices"][0]["message"]["content"] == "You said: hi"
