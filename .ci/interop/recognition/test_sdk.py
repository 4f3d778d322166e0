"""OpenAI's SDKs for Python and Node, in every format; what they get is, word for word, what the fakes were told."""

import json
import subprocess

import openai
import pytest
import subtitles
from conftest import TALKS

# Of every kind of backend; whether it has times of words.
WHISPERS = {
    "whisper-1": True,
    "large-v3-turbo": True,
    "whisper-cpp": True,
    "Systran/faster-whisper-small": True,
    "openai/whisper-large-v3": False,
}
LISTENERS = ["gpt-4o-transcribe", "qwen3:8b", "Qwen/Qwen3-Omni-30B-A3B-Instruct"]
TEXT = TALKS["long"].replace(" / ", " ")


def by_python(client, node, file, kind="transcriptions", **request):
    """The answer as JSON has it; a list of events when it is streamed; text where the answer is text."""
    with open(file, "rb") as sound:
        found = getattr(client.audio, kind).create(file=sound, timeout=60, **request)
        if isinstance(found, str):
            return found
        if isinstance(found, openai.Stream):
            return [event.to_dict() for event in found]
        return found.to_dict()


def by_node(client, node, file, kind="transcriptions", **request):
    command = ["node", "transcribe.mjs", str(file), kind, json.dumps(request)]
    done = subprocess.run(command, cwd=node, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def words(text):
    return text.lower().split()


@pytest.mark.parametrize("ask", [by_python, by_node])
@pytest.mark.parametrize("form", ["json", "text", "srt", "vtt", "verbose_json"])
def test_every_format(client, node, sounds, ask, form):
    found = ask(client, node, sounds["long"], model="whisper-1", response_format=form)
    if form == "json":
        assert found["text"] == TEXT and found["usage"]["type"] == "duration"
    elif form == "text":
        assert found == TEXT + "\n"
    elif form == "verbose_json":
        assert found["text"] == TEXT and found["language"] == "english" and "words" not in found
        assert found["task"] == "transcribe" and 10 < found["duration"] < 60
        assert [segment["id"] for segment in found["segments"]] == list(range(len(found["segments"])))
        assert all(segment["start"] < segment["end"] <= found["duration"] for segment in found["segments"])
        assert {"seek", "tokens", "temperature", "avg_logprob", "compression_ratio", "no_speech_prob"} <= set(
            found["segments"][0])
    else:
        cues = {"srt": subtitles.read_srt, "vtt": subtitles.read_vtt}[form](found)
        assert len(cues) >= 4 and subtitles.words(cues) == TEXT.split()


@pytest.mark.parametrize("model", WHISPERS)
def test_every_backend_gives_every_format(client, node, sounds, model):
    for form, read in (("srt", subtitles.read_srt), ("vtt", subtitles.read_vtt)):
        cues = read(by_python(client, node, sounds["long"], model=model, response_format=form))
        assert subtitles.words(cues) == TEXT.split(), form
    assert by_python(client, node, sounds["long"], model=model, response_format="text") == TEXT + "\n"
    found = by_python(client, node, sounds["long"], model=model, response_format="verbose_json")
    assert " ".join(segment["text"].strip() for segment in found["segments"]) == TEXT


@pytest.mark.parametrize("model", LISTENERS)
def test_models_that_only_give_text(client, node, sounds, model):
    assert words(by_python(client, node, sounds["short"], model=model)["text"]) == words(TALKS["short"])
    with pytest.raises(openai.BadRequestError) as caught:
        by_python(client, node, sounds["short"], model=model, response_format="verbose_json",
                  timestamp_granularities=["word"])
    assert caught.value.code == "unsupported_value"


@pytest.mark.parametrize("ask", [by_python, by_node])
@pytest.mark.parametrize("model", [model for model, timed in WHISPERS.items() if timed])
def test_granularities(client, node, sounds, ask, model):
    found = ask(client, node, sounds["long"], model=model, response_format="verbose_json",
                timestamp_granularities=["word"])
    assert [word["word"] for word in found["words"]] == TEXT.split() and "segments" not in found
    starts = [word["start"] for word in found["words"]]
    assert starts == sorted(starts) and all(word["start"] < word["end"] for word in found["words"])
    found = ask(client, node, sounds["long"], model=model, response_format="verbose_json",
                timestamp_granularities=["word", "segment"])
    assert found["words"] and found["segments"]


def test_times_of_words_are_never_invented(client, node, sounds):
    with pytest.raises(openai.BadRequestError) as caught:
        by_python(client, node, sounds["short"], model="openai/whisper-large-v3", response_format="verbose_json",
                  timestamp_granularities=["word"])
    assert caught.value.code == "unsupported_value"


@pytest.mark.parametrize("ask", [by_python, by_node])
@pytest.mark.parametrize("model", ["gpt-4o-transcribe", "whisper-1", "large-v3-turbo", "whisper-cpp"])
def test_streams_add_up_to_the_text(client, node, sounds, ask, model):
    events = ask(client, node, sounds["long"], model=model, stream=True)
    *deltas, done = events
    assert done["type"] == "transcript.text.done" and done["text"] == TEXT
    assert {event["type"] for event in deltas} == {"transcript.text.delta"}
    assert "".join(event["delta"] for event in deltas).strip() == TEXT


@pytest.mark.parametrize("ask", [by_python, by_node])
def test_logprobs(client, node, sounds, ask):
    found = ask(client, node, sounds["short"], model="gpt-4o-transcribe", include=["logprobs"])
    assert "".join(token["token"] for token in found["logprobs"]) == TALKS["short"]
    assert all(token["logprob"] <= 0 for token in found["logprobs"])
    *deltas, done = ask(client, node, sounds["short"], model="gpt-4o-transcribe", include=["logprobs"], stream=True)
    assert "".join(token["token"] for event in deltas for token in event["logprobs"]) == TALKS["short"]
    assert done["logprobs"]


@pytest.mark.parametrize("strategy", ["auto", {"type": "server_vad", "silence_duration_ms": 300, "threshold": 0.4}])
@pytest.mark.parametrize("ask", [by_python, by_node])
def test_chunking_strategies(client, node, sounds, ask, strategy):
    found = ask(client, node, sounds["long"], model="whisper-1", chunking_strategy=strategy)
    assert found["text"] == TEXT


@pytest.mark.parametrize("ask", [by_python, by_node])
def test_diarized(client, node, sounds, ask):
    request = {"model": "gpt-4o-transcribe-diarize", "chunking_strategy": "auto", "response_format": "diarized_json"}
    found = ask(client, node, sounds["long"], **request)
    assert found["text"] == TEXT and {segment["speaker"] for segment in found["segments"]} == {"A", "B"}
    assert " ".join(segment["text"].strip() for segment in found["segments"]) == TEXT
    events = ask(client, node, sounds["long"], stream=True, **request)
    turns = [event for event in events if event["type"] == "transcript.text.segment"]
    assert events[-1]["type"] == "transcript.text.done" and events[-1]["text"] == TEXT
    assert " ".join(turn["text"].strip() for turn in turns) == TEXT
    assert {turn["speaker"] for turn in turns} == {"A", "B"}


@pytest.mark.parametrize("ask", [by_python, by_node])
@pytest.mark.parametrize("form", ["json", "verbose_json", "srt"])
def test_translations(client, node, sounds, ask, form):
    found = ask(client, node, sounds["short"], "translations", model="whisper-1", response_format=form)
    if form == "srt":
        assert subtitles.words(subtitles.read_srt(found)) == TALKS["short"].split()
    else:
        assert found["text"] == TALKS["short"]
        assert form == "json" or (found["task"], found["language"]) == ("translate", "english")


def test_a_model_that_cannot_translate_says_so(client, node, sounds):
    with pytest.raises(openai.BadRequestError) as caught:
        by_python(client, node, sounds["short"], "translations", model="large-v3-turbo")
    assert caught.value.code == "unsupported_value"


WELL = {"model": "whisper-1"}


@pytest.mark.parametrize("content,change,kind,status,code,param", [
    (None, {"model": "whisper-2"}, openai.NotFoundError, 404, "model_not_found", "model"),
    (None, {"response_format": "xml"}, openai.BadRequestError, 400, "invalid_value", "response_format"),
    (None, {"response_format": "verbose_json", "timestamp_granularities": ["letter"]}, openai.BadRequestError, 400,
     "invalid_value", "timestamp_granularities"),
    (None, {"timestamp_granularities": ["word"]}, openai.BadRequestError, 400, "invalid_value",
     "timestamp_granularities"),
    (None, {"response_format": "srt", "stream": True}, openai.BadRequestError, 400, "invalid_value",
     "response_format"),
    (None, {"language": "klingonish"}, openai.BadRequestError, 400, "invalid_value", "language"),
    (None, {"temperature": 9}, openai.BadRequestError, 400, "invalid_value", "temperature"),
    (None, {"include": ["everything"]}, openai.BadRequestError, 400, "invalid_value", "include"),
    (b"", {}, openai.BadRequestError, 400, "invalid_value", "file"),
    (b"This is no sound at all. " * 100, {}, openai.BadRequestError, 400, "invalid_value", "file"),
    (b"RIFF\x24\0\0\0WAVEfmt ", {}, openai.BadRequestError, 400, "invalid_value", "file"),
])
def test_refusals_are_exceptions_of_the_sdks(
    client, node, sounds, tmp_path, content, change, kind, status, code, param
):
    file = sounds["short"]
    if content is not None:
        file = tmp_path / "sound.wav"
        file.write_bytes(content)
    with pytest.raises(kind) as caught:
        by_python(client, node, file, **WELL | change)
    assert (caught.value.status_code, caught.value.code) == (status, code), caught.value.body
    assert caught.value.param.removesuffix("[0]") == param, caught.value.body
    error = by_node(client, node, file, **WELL | change)["error"]
    assert (error["name"], error["status"], error["code"]) == (kind.__name__, status, code)


def test_silence_is_no_error(client, node, tmp_path):
    file = tmp_path / "silence.wav"
    size = 32_000 * 3
    head = b"RIFF" + (36 + size).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    head += bytes([1, 0, 1, 0]) + (16_000).to_bytes(4, "little") + (32_000).to_bytes(4, "little") + bytes([2, 0, 16, 0])
    file.write_bytes(head + b"data" + size.to_bytes(4, "little") + bytes(size))
    found = by_python(client, node, file, model="whisper-1", response_format="verbose_json")
    assert found["text"] == "" and found["segments"] == [] and found["duration"] == pytest.approx(3)
    assert by_python(client, node, file, model="whisper-1", response_format="srt") == ""
    assert by_python(client, node, file, model="whisper-1", response_format="vtt").strip() == "WEBVTT"
