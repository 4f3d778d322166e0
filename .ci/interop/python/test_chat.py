"""Chat as the official Python SDK sees it: whole answers, streams, tools, content parts, audio."""

import base64
import io
import json
import wave

import pytest
from conftest import CHAT_MODELS, OMNI, user
from pydantic import BaseModel

WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Today's weather in a city",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def a_wav(milliseconds=20):
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24000)
        file.writeframes(b"\x01\x00" * (24 * milliseconds))
    return out.getvalue()


def text_of(chunks):
    return "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)


@pytest.mark.parametrize("model", CHAT_MODELS + ["assistant"])
def test_whole_answer(client, model):
    answer = client.chat.completions.create(model=model, messages=user("Grüße 👋 there"))
    assert answer.object == "chat.completion" and answer.id and answer.created > 0
    assert answer.choices[0].message.role == "assistant"
    assert answer.choices[0].message.content == "You said: Grüße 👋 there"
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens > 0


def test_model_may_be_left_out(raw):
    answer = raw.post("/v1/chat/completions", json={"messages": user("hi")})
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-parley-backend"] == "vllm"


@pytest.mark.parametrize("model", CHAT_MODELS + ["assistant"])
def test_stream(client, model):
    with client.chat.completions.create(model=model, messages=user("Grüße 👋 there"), stream=True) as stream:
        chunks = list(stream)
    assert text_of(chunks) == "You said: Grüße 👋 there"
    assert len({chunk.id for chunk in chunks}) == 1
    assert {chunk.object for chunk in chunks} == {"chat.completion.chunk"}
    assert next(c for c in chunks if c.choices).choices[0].delta.role == "assistant"
    assert [c.choices[0].finish_reason for c in chunks if c.choices and c.choices[0].finish_reason] == ["stop"]
    assert all(chunk.choices for chunk in chunks), "a usage chunk that nobody asked for"
    assert all(chunk.usage is None for chunk in chunks)


@pytest.mark.parametrize("model", CHAT_MODELS)
def test_usage_comes_once_when_asked(client, model):
    with client.chat.completions.create(
        model=model, messages=user("hi"), stream=True, stream_options={"include_usage": True}
    ) as stream:
        chunks = list(stream)
    assert [bool(chunk.usage) for chunk in chunks].count(True) == 1
    assert chunks[-1].choices == [] and chunks[-1].usage.total_tokens > 0


@pytest.mark.parametrize("model", CHAT_MODELS)
def test_parallel_tools_whole(client, model):
    messages = user("What is the weather in Paris and Berlin?")
    choice = client.chat.completions.create(model=model, messages=messages, tools=[WEATHER]).choices[0]
    assert choice.finish_reason == "tool_calls"
    calls = choice.message.tool_calls
    assert [json.loads(call.function.arguments) for call in calls] == [{"city": "Paris"}, {"city": "Berlin"}]
    assert {call.function.name for call in calls} == {"get_weather"} and len({call.id for call in calls}) == 2
    messages.append(choice.message.model_dump(exclude_none=True))
    messages += [{"role": "tool", "tool_call_id": call.id, "content": "21 °C"} for call in calls]
    answer = client.chat.completions.create(model=model, messages=messages, tools=[WEATHER])
    assert answer.choices[0].message.content == "The tool said: 21 °C; 21 °C"


@pytest.mark.parametrize("model", CHAT_MODELS)
def test_parallel_tools_streamed(client, model):
    calls = {}
    finish = []
    with client.chat.completions.create(
        model=model, messages=user("What is the weather in Paris and Berlin?"), tools=[WEATHER], stream=True
    ) as stream:
        for chunk in stream:
            for choice in chunk.choices:
                finish += [choice.finish_reason] if choice.finish_reason else []
                for piece in choice.delta.tool_calls or []:
                    call = calls.setdefault(piece.index, {"ids": [], "names": [], "arguments": ""})
                    call["ids"] += [piece.id] if piece.id else []
                    call["names"] += [piece.function.name] if piece.function.name else []
                    call["arguments"] += piece.function.arguments or ""
    assert finish == ["tool_calls"]
    assert [json.loads(calls[i]["arguments"]) for i in (0, 1)] == [{"city": "Paris"}, {"city": "Berlin"}]
    assert all(len(call["ids"]) == 1 and call["names"] == ["get_weather"] for call in calls.values())


def test_tool_arguments_arrive_in_pieces(client):
    with client.chat.completions.create(
        model="gpt-4o-mini", messages=user("weather in Paris"), tools=[WEATHER], stream=True
    ) as stream:
        pieces = [c for chunk in stream for ch in chunk.choices for c in ch.delta.tool_calls or []]
    assert len(pieces) > 3


def test_tool_choice_none_and_named(client):
    messages = user("weather in Paris")
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages, tools=[WEATHER], tool_choice="none")
    assert answer.choices[0].message.tool_calls is None
    named = {"type": "function", "function": {"name": "get_weather"}}
    answer = client.chat.completions.create(
        model="gpt-4o-mini", messages=user("hi"), tools=[WEATHER], tool_choice=named)
    assert answer.choices[0].message.tool_calls[0].function.name == "get_weather"


@pytest.mark.parametrize("model", ["gpt-4o-audio-preview", "openai/gpt-4o", OMNI])
def test_audio_part(client, model):
    sound = a_wav()
    part = {"type": "input_audio", "input_audio": {"data": base64.b64encode(sound).decode(), "format": "wav"}}
    text = {"type": "text", "text": "Listen"}
    answer = client.chat.completions.create(model=model, messages=[{"role": "user", "content": [text, part]}])
    assert answer.choices[0].message.content == f"You said: Listen [audio wav {len(sound)} bytes]"


@pytest.mark.parametrize("model", ["gpt-4o-mini", OMNI, "qwen3:8b"])
def test_image_as_data_uri(client, model):
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    content = [
        {"type": "text", "text": "Look"},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64," + pixel, "detail": "low"}},
    ]
    answer = client.chat.completions.create(model=model, messages=[{"role": "user", "content": content}])
    assert answer.choices[0].message.content.startswith("You said: Look [image")


def test_image_url(client):
    content = [{"type": "image_url", "image_url": {"url": "http://127.0.0.1:9/cat.png"}}]
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": content}])
    assert "[image]" in answer.choices[0].message.content


def test_video_part_that_openai_does_not_know(client):
    content = [{"type": "text", "text": "Watch"}, {"type": "video_url", "video_url": {"url": "http://127.0.0.1:9/a.mp4"}}]
    answer = client.chat.completions.create(model=OMNI, messages=[{"role": "user", "content": content}])
    assert answer.choices[0].message.content == "You said: Watch [video]"


@pytest.mark.parametrize("model", ["gpt-4o-audio-preview", OMNI])
def test_spoken_answer_whole(client, model):
    answer = client.chat.completions.create(
        model=model, messages=user("Say it"), modalities=["text", "audio"], audio={"voice": "alloy", "format": "wav"})
    assert len(answer.choices) == 1
    audio = answer.choices[0].message.audio
    with wave.open(io.BytesIO(base64.b64decode(audio.data))) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getnframes() > 0) == (24000, 1, True)
    assert audio.id and audio.expires_at > 0


@pytest.mark.parametrize("model", ["gpt-4o-audio-preview", OMNI])
def test_spoken_answer_streamed(client, model):
    asked = {"modalities": ["text", "audio"], "audio": {"voice": "alloy", "format": "pcm16"}}
    whole = client.chat.completions.create(model=model, messages=user("Say it"), **asked)
    data = ""
    said = ""
    with client.chat.completions.create(model=model, messages=user("Say it"), stream=True, **asked) as stream:
        for chunk in stream:
            for choice in chunk.choices:
                audio = choice.delta.to_dict().get("audio") or {}
                if audio.get("data"):
                    base64.b64decode(audio["data"], validate=True)  # each piece decodes alone
                data += audio.get("data", "")
                said += audio.get("transcript", "") or ""
                said += choice.delta.content or ""
    assert "Say it" in said
    assert base64.b64decode(data, validate=True) == base64.b64decode(whole.choices[0].message.audio.data)


def test_json_schema_passes(client):
    class Said(BaseModel):
        you_said: str

    parsed = client.chat.completions.parse(model="gpt-4o-mini", messages=user("a word"), response_format=Said)
    assert parsed.choices[0].message.parsed == Said(you_said="a word")


def test_stream_helper(client):
    with client.chat.completions.stream(model="Qwen/Qwen3-8B", messages=user("hi there")) as stream:
        kinds = [event.type for event in stream]
        final = stream.get_final_completion()
    assert "content.delta" in kinds and kinds[-1] == "content.done"
    assert final.choices[0].message.content == "You said: hi there"


def test_several_choices(client):
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=user("hi"), n=3)
    assert [choice.index for choice in answer.choices] == [0, 1, 2]
    assert answer.choices[2].message.content == "You said: hi (3 of 3)"
    with client.chat.completions.create(model="gpt-4o-mini", messages=user("hi"), n=3, stream=True) as stream:
        seen = [(c.index, c.delta.content or "") for chunk in stream for c in chunk.choices]
    assert "".join(text for index, text in seen if index == 2) == "You said: hi (3 of 3)"


@pytest.mark.parametrize("model", ["Qwen/Qwen3-8B", "llama-chat", OMNI, "qwen3:8b"])
def test_thoughts_are_kept_apart(client, model):
    message = client.chat.completions.create(model=model, messages=user("hi [[think]]")).choices[0].message
    extra = message.model_extra
    assert message.content == "You said: hi"
    assert (extra.get("reasoning_content") or extra.get("reasoning")) == "Thinking about: hi"
    with client.chat.completions.create(model=model, messages=user("hi [[think]]"), stream=True) as stream:
        extras = [c.delta.model_extra or {} for chunk in stream for c in chunk.choices]
    thought = "".join(e.get("reasoning_content") or e.get("reasoning") or "" for e in extras)
    assert thought == "Thinking about: hi"


def test_length_and_filter_are_told(client):
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=user("one two three"), max_tokens=2)
    assert answer.choices[0].finish_reason == "length"
    answer = client.chat.completions.create(model="gpt-4o-mini", messages=user("one [[filter]]"))
    assert answer.choices[0].finish_reason == "content_filter"


def test_answer_headers(client):
    answer = client.chat.completions.with_raw_response.create(model="Qwen/Qwen3-8B", messages=user("hi"))
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-parley-backend"] == "vllm"
    assert answer.headers["x-request-id"] and answer.headers["openai-processing-ms"].isdigit()


def test_rate_limit_headers_of_the_backend_come_back(client):
    answer = client.chat.completions.with_raw_response.create(model="gpt-4o-mini", messages=user("hi"))
    assert answer.headers["x-ratelimit-limit-requests"] == "10000"
    assert answer.headers["x-upstream-request-id"].startswith("req_")
    assert answer.headers["x-request-id"] != answer.headers["x-upstream-request-id"]
