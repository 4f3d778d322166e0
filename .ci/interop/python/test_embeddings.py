"""Embeddings as the official Python SDK sees them, of every kind of backend that has them."""

import base64
import struct

import openai
import pytest
from conftest import EMBEDDING_MODELS

TEXTS = ["first text", "second text", "第三"]


def vectors(client, model, **more):
    answer = client.embeddings.create(model=model, input=TEXTS, **more)
    assert [row.index for row in answer.data] == [0, 1, 2]
    return [row.embedding for row in answer.data]


@pytest.mark.parametrize("model", EMBEDDING_MODELS)
def test_default_base64_and_floats_agree(client, model):
    unspoken = vectors(client, model)
    floats = vectors(client, model, encoding_format="float")
    assert len(unspoken[0]) == len(floats[0]) == 8
    for left, right in zip(unspoken, floats):
        assert left == pytest.approx(right, abs=1e-6)
    # The fakes derive a vector from its text alone, so the order of a list can be checked one by one.
    alone = client.embeddings.create(model=model, input=TEXTS[1]).data[0].embedding
    assert alone == pytest.approx(unspoken[1], abs=1e-6)


@pytest.mark.parametrize("model", EMBEDDING_MODELS)
def test_wire_form_is_what_was_asked(raw, model):
    body = {"model": model, "input": "first text"}
    text = raw.post("/v1/embeddings", json=body | {"encoding_format": "base64"}).json()
    plain = raw.post("/v1/embeddings", json=body).json()
    values = struct.unpack("<8f", base64.b64decode(text["data"][0]["embedding"]))
    assert list(values) == pytest.approx(plain["data"][0]["embedding"], abs=1e-6)
    assert text["object"] == "list" and text["data"][0]["object"] == "embedding"
    assert text["usage"]["prompt_tokens"] == text["usage"]["total_tokens"] == 2


@pytest.mark.parametrize("model", ["text-embedding-3-small", "qwen3:8b", "BAAI/bge-m3"])
def test_dimensions(client, model):
    assert len(vectors(client, model, dimensions=16)[0]) == 16


def test_dimensions_that_a_backend_lacks(client):
    with pytest.raises(openai.BadRequestError) as caught:
        vectors(client, "mxbai-embed-large", dimensions=16)
    assert "dimensions" in str(caught.value)


@pytest.mark.parametrize("model", ["text-embedding-3-small", "mxbai-embed-large", "BAAI/bge-m3"])
def test_token_inputs(client, model):
    one = client.embeddings.create(model=model, input=[5, 6, 7]).data
    many = client.embeddings.create(model=model, input=[[1, 2], [5, 6, 7]]).data
    assert len(one) == 1 and len(many) == 2
    assert many[1].embedding == pytest.approx(one[0].embedding, abs=1e-6)


def test_token_inputs_that_a_backend_cannot_take(client):
    with pytest.raises(openai.BadRequestError):
        client.embeddings.create(model="qwen3:8b", input=[5, 6, 7])


@pytest.mark.parametrize("model", EMBEDDING_MODELS)
def test_more_inputs_than_a_backend_takes_at_once(client, model):
    texts = [f"text {i}" for i in range(100)]
    rows = client.embeddings.create(model=model, input=texts).data
    assert [row.index for row in rows] == list(range(100))
    alone = client.embeddings.create(model=model, input="text 77").data[0].embedding
    assert rows[77].embedding == pytest.approx(alone, abs=1e-6)


@pytest.mark.parametrize("given", ["", [], [""], [[]], {"a": 1}, None, [1, "a"], 5])
def test_inputs_that_are_none(raw, given):
    answer = raw.post("/v1/embeddings", json={"model": "text-embedding-3-small", "input": given})
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["param"].startswith("input")


def test_default_model(raw):
    answer = raw.post("/v1/embeddings", json={"input": "first text"})
    assert answer.status_code == 200 and answer.headers["x-parley-backend"] == "tei"
