"""grpcurl and buf curl, which know nothing but what reflection tells them."""

import json
import re
import shutil

import pytest
from conftest import BufCurl, Grpcurl

SERVICES = {
    "parley.v1.ChatService",
    "parley.v1.ModelService",
    "parley.v1.SpeechService",
    "parley.v1.VoiceService",
    "parley.v1.AudioService",
    "parley.v1.RealtimeService",
    "parley.admin.v1.AdminService",
    "grpc.health.v1.Health",
}
HELLO = {"model": "Qwen/Qwen3-8B", "messages": [{"role": "user", "content": [{"text": "hi"}]}]}


def documents(text):
    """The JSON values that follow each other in a text."""
    decoder = json.JSONDecoder()
    found = []
    while text.strip():
        value, end = decoder.raw_decode(text.strip())
        found.append(value)
        text = text.strip()[end:]
    return found


def camel(value):
    """grpcurl writes the names of the schema, buf those of its JSON form."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if isinstance(value, dict):
        return {re.sub("_([a-z])", lambda m: m[1].upper(), name): camel(item) for name, item in value.items()}
    return value


def ask(cli, method, message, *headers):
    out, err, code = cli.call(method, message, *headers)
    assert code == 0, err
    return camel(documents(out))


def test_services_are_listed(cli):
    assert SERVICES <= set(cli.services())


if shutil.which("go"):  # so that grpcurl is here; see ../run

    def test_methods_are_listed_and_described(url):
        # Not by buf, which gives up on the reflection service of grpc-java: its file has another name than the
        # standard's.
        methods = set(Grpcurl(url).methods("parley.v1.ChatService"))
        names = ("Complete", "StreamComplete", "CompleteText", "StreamCompleteText", "Embed")
        assert methods == {f"parley.v1.ChatService.{name}" for name in names}
        assert "finish_reason" in Grpcurl(url).described("parley.v1.Choice")


def test_complete(cli):
    (answer,) = ask(cli, "parley.v1.ChatService/Complete", HELLO)
    choice = answer["choices"][0]
    assert choice["message"]["content"][0]["text"] == "You said: hi" and choice["finishReason"] == "stop"
    assert answer["usage"]["totalTokens"] > 0


def test_stream_complete(cli):
    answers = ask(cli, "parley.v1.ChatService/StreamComplete", HELLO)
    parts = [part for a in answers for c in a.get("choices", []) for part in c.get("message", {}).get("content", [])]
    assert "".join(part.get("text", "") for part in parts) == "You said: hi" and len(answers) > 2


def test_embed(cli):
    for inputs in ([{"text": "a"}, {"text": "b"}], [{"tokens": {"ids": [1, 2]}}, {"tokens": {"ids": [3]}}]):
        (answer,) = ask(cli, "parley.v1.ChatService/Embed", {"model": "BAAI/bge-m3", "inputs": inputs})
        assert [len(row["values"]) for row in answer["embeddings"]] == [8, 8]


def test_models(cli):
    (answer,) = ask(cli, "parley.v1.ModelService/ListModels", {})
    assert {"Qwen/Qwen3-8B", "assistant"} <= {model["id"] for model in answer["models"]}
    (one,) = ask(cli, "parley.v1.ModelService/GetModel", {"model": "Qwen/Qwen3-8B"})
    assert one["id"] == "Qwen/Qwen3-8B" and "CAPABILITY_CHAT" in one["capabilities"]


@pytest.mark.parametrize("service", ["", "parley.v1.ChatService", "parley.v1.ModelService", "backends/vllm"])
def test_health(cli, service):
    (answer,) = ask(cli, "grpc.health.v1.Health/Check", {"service": service})
    assert answer["status"] == "SERVING"


def test_health_of_a_backend_that_is_down(cli):
    (answer,) = ask(cli, "grpc.health.v1.Health/Check", {"service": "backends/closed"})
    assert answer["status"] == "NOT_SERVING"


@pytest.mark.parametrize(
    "method, message, words",
    [
        ("parley.v1.ChatService/Complete", HELLO | {"model": "Qwen/Qwen3-8"}, ["Qwen/Qwen3-8B"]),
        ("parley.v1.ChatService/StreamComplete", HELLO | {"model": "Qwen/Qwen3-8"}, ["Qwen/Qwen3-8B"]),
        ("grpc.health.v1.Health/Check", {"service": "no.such.Service"}, []),
        ("parley.v1.SpeechService/DetectLanguage", {}, []),
    ],
)
def test_refusals(cli, method, message, words):
    _, err, code = cli.call(method, message)
    assert code != 0
    for word in words:
        assert word in err
    assert "Exception" not in err


def test_grpc_web(url):
    web = BufCurl(url, "grpcweb")
    (answer,) = ask(web, "parley.v1.ChatService/Complete", HELLO)
    assert answer["choices"][0]["message"]["content"][0]["text"] == "You said: hi"
    assert len(ask(web, "parley.v1.ChatService/StreamComplete", HELLO)) > 2
