"""The older completions route."""

import pytest

MODELS = ["gpt-3.5-turbo-instruct", "Qwen/Qwen3-8B"]


@pytest.mark.parametrize("model", MODELS)
def test_whole(client, model):
    answer = client.completions.create(model=model, prompt="one two")
    assert answer.object == "text_completion"
    assert answer.choices[0].text == "You said: one two" and answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens > 0


@pytest.mark.parametrize("model", MODELS)
def test_stream(client, model):
    with client.completions.create(model=model, prompt="one two", stream=True) as stream:
        chunks = list(stream)
    assert "".join(c.text for chunk in chunks for c in chunk.choices) == "You said: one two"
    assert {chunk.object for chunk in chunks} == {"text_completion"}
    assert all(chunk.usage is None and chunk.choices for chunk in chunks)


def test_usage_when_asked(client):
    with client.completions.create(
        model=MODELS[0], prompt="one", stream=True, stream_options={"include_usage": True}
    ) as stream:
        chunks = list(stream)
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0


@pytest.mark.parametrize("prompt", [["a", "b"], [1, 2, 3], [[1], [2]]])
def test_forms_of_prompt(client, prompt):
    answer = client.completions.create(model=MODELS[0], prompt=prompt)
    assert len(answer.choices) == (1 if prompt == [1, 2, 3] else 2)


def test_long_answers_stop_at_sixteen_tokens(client):
    answer = client.completions.create(model=MODELS[0], prompt=" ".join(["word"] * 40))
    assert answer.choices[0].finish_reason == "length"
