"""The list of models and single ones, slashes in their ids included."""

import openai
import pytest
from conftest import CHAT_MODELS, EMBEDDING_MODELS


def test_list(client):
    models = {model.id: model for model in client.models.list()}
    assert set(CHAT_MODELS + EMBEDDING_MODELS + ["assistant"]) <= set(models)
    for model in models.values():
        assert model.object == "model" and model.created >= 0 and model.owned_by
    assert models["gpt-4o-mini"].model_extra["capabilities"] == ["chat"]
    assert models["gpt-4o-mini"].model_extra["input_modalities"] == ["text", "image"]


@pytest.mark.parametrize("task", ["embedding", "embeddings", "feature-extraction"])
def test_list_by_task(client, task):
    ids = {model.id for model in client.models.list(extra_query={"task": task})}
    assert ids == set(EMBEDDING_MODELS)


@pytest.mark.parametrize("model", ["Qwen/Qwen3-8B", "qwen3:8b", "assistant"])
def test_retrieve(client, model):
    assert client.models.retrieve(model).id == model


@pytest.mark.parametrize("path", ["Qwen/Qwen3-8B", "Qwen%2FQwen3-8B"])
def test_slash_in_either_spelling(raw, path):
    assert raw.get("/v1/models/" + path).json()["id"] == "Qwen/Qwen3-8B"


def test_unknown_model(client):
    with pytest.raises(openai.NotFoundError) as caught:
        client.models.retrieve("Qwen/Qwen3-8")
    assert caught.value.code == "model_not_found" and "Qwen/Qwen3-8B" in str(caught.value)


def test_unknown_task(raw):
    answer = raw.get("/v1/models?task=embeding")
    assert answer.status_code == 400 and "embedding" in answer.json()["error"]["message"]
