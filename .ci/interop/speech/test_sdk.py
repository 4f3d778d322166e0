"""OpenAI's SDKs for Python and Node speak in every format; what they get is what the fakes said."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import time

import numpy
import openai
import pytest
import sound

NODE = pathlib.Path(os.environ["INTEROP_TOOLS"]) / "node"
FORMATS = ["mp3", "opus", "aac", "flac", "wav", "pcm"]
EXACT = {"flac", "wav", "pcm"}

# What coders leave of noise under tones of 20 ms at their usual rates. Measured: mp3 39 dB, AAC 32 dB, Opus 16 dB, which
# is made for voices and hears these tones as none; ffmpeg's own coders reach 47, 31 and 15 dB at the same rates. A
# wrong rate, a lost frame or a join that is off by a millisecond leaves less than 3 dB. Transforms over some 20 ms
# smear the end of a sentence into its rest, but no further than LOSSY_REACH, in seconds.
SNR_DB = {"mp3": 30, "aac": 25, "opus": 12} | dict.fromkeys(EXACT, 60)
LOSSY_REACH = 0.060

# Frames of coders are filled up: AAC's 1024 samples are the longest, and it begins with up to two of them.
PADDING = 0.15

SENTENCES = ["The first sentence is short.", "Then comes another one, with 3.5 numbers in it!", "Was that all of it?"]
TEXT = " ".join(SENTENCES)
ALONE = {"extra_headers": {"x-parley-backend": "openai"}}


def by_python(client, file, **request):
    with client.audio.speech.with_streaming_response.create(**request) as answer:
        with open(file, "wb") as out:
            for piece in answer.iter_bytes():
                out.write(piece)


def by_node(client, file, **request):
    command = ["node", "speak.mjs", str(file), json.dumps(request)]
    done = subprocess.run(command, cwd=NODE, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module", autouse=True)
def script():
    """Lies beside the installed package, which it imports."""
    shutil.copy(pathlib.Path(__file__).with_name("speak.mjs"), NODE)


def judge(samples, name, texts, pause=(0.2, 0.5)):
    """Every text once and in order, true to its source, with rests between that are rests and nothing else."""
    assert sound.heard(samples) == texts
    placed, expected = sound.place(samples, texts)
    exact = name in EXACT
    assert sound.snr_db(samples, expected) > SNR_DB[name]
    rests = [after.start - before.end for before, after in zip(placed, placed[1:])]
    assert all(pause[0] <= rest <= pause[1] for rest in rests), rests
    spoken = sum(sound.seconds(text) for text in texts) + sum(rests)
    assert spoken <= len(samples) / sound.RATE <= spoken + 2 * sound.SILENCE + (0.01 if exact else PADDING)
    # A fade of 5 ms, and what a coder smears, belong to the join; whatever clicks there steps further than speech does.
    reach = 0.005 if exact else LOSSY_REACH
    steps = numpy.abs(numpy.diff(samples))
    joins = numpy.zeros(len(steps), bool)
    for before, after in zip(placed, placed[1:]):
        joins[int((before.end - 0.005) * sound.RATE) : int((after.start + 0.005) * sound.RATE)] = True
        rest = samples[int((before.end + reach) * sound.RATE) : int((after.start - reach) * sound.RATE)]
        assert len(rest) > 0 and sound.power_db(rest) < sound.SILENT_DB
    assert steps[joins].max() <= steps[~joins].max()
    return placed


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("speak", [by_python, by_node])
def test_cut_text_is_one_sound_without_clicks(client, tmp_path, speak, name):
    file = tmp_path / f"speech.{name}"
    speak(client, file, model="narrator", voice="af_heart", input=TEXT, response_format=name)
    judge(sound.decode_as(file.read_bytes(), name), name, SENTENCES)


@pytest.mark.parametrize("name", FORMATS)
def test_whole_sounds_are_joined_alike(client, name):
    answer = client.audio.speech.create(model="chatterbox-turbo", voice="Emily.wav", input=TEXT, response_format=name)
    judge(sound.decode_as(answer.content, name), name, SENTENCES)


@pytest.mark.parametrize("name", ["flac", "wav", "pcm"])
def test_what_one_backend_streams_arrives_sample_for_sample(client, name):
    answer = client.audio.speech.create(
        model="gpt-4o-mini-tts", voice="alloy", input=TEXT, response_format=name, extra_body={"split_sentences": False},
        **ALONE)
    samples = numpy.round(sound.decode_as(answer.content, name) * 32_768).astype("<i2")
    assert numpy.array_equal(samples, sound.as_spoken(TEXT))


def test_types_of_the_formats(client):
    def type_of(name):
        return client.audio.speech.create(
            model="gpt-4o-mini-tts", voice="alloy", input="Hi.", response_format=name).response.headers["content-type"]

    assert [type_of(name).split(";")[0] for name in FORMATS[:1] + FORMATS[3:5]] == [
        "audio/mpeg", "audio/flac", "audio/wav"]
    assert type_of("pcm").startswith("audio/") and "24000" in type_of("pcm")


def test_mp3_is_the_usual_format(client):
    answer = client.audio.speech.create(model="gpt-4o-mini-tts", voice="alloy", input="One. Two.")
    assert answer.response.headers["content-type"] == "audio/mpeg"
    assert "".join(sound.heard(sound.decode(answer.content))).replace(" ", "") == "One.Two."


def events(client, **request):
    with client.audio.speech.with_streaming_response.create(stream_format="sse", **request) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [json.loads(line.removeprefix("data: ")) for line in answer.iter_lines() if line.startswith("data: ")]


@pytest.mark.parametrize("name", ["mp3", "wav", "pcm"])
def test_events_carry_the_same_sound(client, name):
    found = events(client, model="narrator", voice="af_heart", input=TEXT, response_format=name)
    assert [event["type"] for event in found[:-1]] == ["speech.audio.delta"] * (len(found) - 1)
    assert found[-1]["type"] == "speech.audio.done"
    assert {"input_tokens", "output_tokens", "total_tokens"} <= set(found[-1]["usage"])
    data = b"".join(base64.b64decode(event["audio"]) for event in found[:-1])
    judge(sound.decode_as(data, name), name, SENTENCES)


def test_voices_in_either_spelling(client):
    for voice in ("af_bella", {"id": "af_bella"}):
        answer = client.audio.speech.create(
            model="speaches-ai/Kokoro-82M-v1.0-ONNX", voice=voice, input="Either.", response_format="pcm")
        assert sound.heard(sound.decode_as(answer.content, "pcm")) == ["Either."]


@pytest.mark.parametrize("speed", [0.5, 1.5])
def test_the_hub_changes_the_pace_of_models_that_know_one(client, speed):
    answer = client.audio.speech.create(
        model="Qwen3-TTS", voice="alloy", input=SENTENCES[1], response_format="wav", speed=speed,
        extra_body={"split_sentences": False}, extra_headers={"x-parley-backend": "voicebox-provider"})
    samples = sound.decode(answer.content)
    loud = numpy.flatnonzero(numpy.abs(samples) > 0.01)
    lasts = (loud[-1] - loud[0]) / sound.RATE
    assert lasts == pytest.approx(sound.seconds(SENTENCES[1]) / speed, rel=0.05)
    # The pitch stays: what there is, is still at the frequencies of the tones.
    spectrum = numpy.square(numpy.abs(numpy.fft.rfft(samples)))
    frequency = numpy.fft.rfftfreq(len(samples), 1 / sound.RATE)
    near = numpy.min(numpy.abs(frequency[:, None] - [sound.hertz(p) for p in range(sound.PITCHES)]), 1) < 60
    assert spectrum[near].sum() > 0.8 * spectrum.sum()


def test_instructions_are_for_models_that_take_them(client):
    def say(model):
        return client.audio.speech.create(
            model=model, voice="alloy", input="Hi.", instructions="Whisper.", response_format="pcm")

    assert sound.heard(sound.decode_as(say("gpt-4o-mini-tts").content, "pcm")) == ["Hi."]
    with pytest.raises(openai.BadRequestError) as caught:
        say("tts-1")
    assert caught.value.code == "unsupported_value" and "instructions" in str(caught.value)


# The second sentence takes the backend five times as long as the first.
SHORT, LONG = "A short one.", "The second of both sentences is made of many more characters than that."


@pytest.mark.parametrize("name", FORMATS)
def test_first_sound_leaves_before_the_second_sentence_is_made(client, name):
    began = time.monotonic()
    first = None
    data = b""
    with client.audio.speech.with_streaming_response.create(
            model="slow/voice", voice="alloy", input=f"{SHORT} {LONG}", response_format=name) as answer:
        for piece in answer.iter_bytes():
            if len(data) <= 200 < len(data) + len(piece):  # not the head of a file, but sound
                first = time.monotonic() - began
            data += piece
    whole = time.monotonic() - began
    made = 0.020 * (len(SHORT) + len(LONG))
    assert whole >= made and first < whole - 0.020 * len(LONG) * 0.7
    assert sound.heard(sound.decode_as(data, name)) == [SHORT, LONG]
