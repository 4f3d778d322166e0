"""The hub's own routes, as curl and generated stubs call them."""

import base64
import json
import re
import subprocess

import grpc
import pytest
from conftest import TALKS
from parley.v1 import common_pb2, speech_pb2

MODEL = "large-v3-turbo"
DIARIZER = "pyannote/speaker-diarization-3.1"
VERIFIER = "pyannote/embedding"
TEXT = TALKS["long"].replace(" / ", " ")
TURNS = [(0.5, 2.5), (3, 5), (5.5, 7)]


@pytest.fixture
def curl(url):
    def run(path, *options):
        """Status, type and body; the fields in the order in which they are given."""
        command = ["curl", "-sS", "--max-time", "60", "-w", "\n%{http_code} %{content_type}", *options, url + path]
        done = subprocess.run(command, capture_output=True, timeout=70, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr.decode()
        body, _, tail = done.stdout.decode().rpartition("\n")
        status, _, kind = tail.partition(" ")
        return int(status), kind.split(";")[0], body

    return run


def answer(found, kind="application/json"):
    assert found[:2] == (200, kind), found
    return json.loads(found[2])


@pytest.mark.parametrize("path", ["/stt/transcribe", "/api/audio/transcribe"])
def test_transcribe(curl, sounds, path):
    found = answer(curl(path, "-F", f"file=@{sounds['long']}", "-F", f"model={MODEL}", "-F", "word_timestamps=true"))
    assert found["text"] == TEXT and found["language"] == "en" and found["sampling_rate"] == 16_000
    heard = [word for segment in found["segments"] for word in segment["words"]]
    assert [word["word"] for word in heard] == TEXT.split()
    assert [segment["id"] for segment in found["segments"]] == list(range(len(found["segments"])))


def test_transcribe_in_the_schemas_own_json(curl, sounds):
    content = base64.b64encode(sounds["short"].read_bytes()).decode()
    request = {"config": {"model": MODEL}, "audio": {"content": content}}
    file = sounds["short"].with_suffix(".json")
    file.write_text(json.dumps(request))
    found = answer(curl("/stt/transcribe", "-H", "content-type: application/json", "-d", f"@{file}"))
    assert found["text"] == TALKS["short"]


def test_too_much_in_one_message_is_413(curl, tmp_path):
    file = tmp_path / "large.json"
    file.write_text(json.dumps({"audio": {"content": "A" * (40 << 20)}}))
    status, _, body = curl("/stt/transcribe", "-H", "content-type: application/json", "-H", "expect:", "-d", f"@{file}")
    assert status == 413 and json.loads(body)["error"]["code"] == "too_large"


def events(body):
    return [(re.search(r"^event: (.*)$", block, re.M)[1], json.loads(re.search(r"^data: (.*)$", block, re.M)[1]))
            for block in body.split("\n\n") if block.startswith("event")]


def test_stream(curl, sounds):
    status, kind, body = curl("/stt/stream", "-F", f"model={MODEL}", "-F", f"file=@{sounds['long']}")
    assert (status, kind) == (200, "text/event-stream")
    *segments, (last, done) = events(body)
    assert last == "done" and {name for name, _ in segments} == {"segment"}
    assert done["text"] == TEXT and done["language"] == "en" and done["duration"] > 10
    assert " ".join(segment["text"].strip() for _, segment in segments) == TEXT
    starts = [segment["start"] for _, segment in segments]
    assert starts == sorted(starts) and len(segments) >= 4


def test_detect_language(curl, speech, sounds):
    found = answer(curl("/stt/detect-language", "-F", f"file=@{sounds['short']}", "-F", f"model={MODEL}"))
    assert found["detected_language"] == "en" and found["probability"] == pytest.approx(0.93)
    assert len(found["all_languages"]) == 5
    assert found["all_languages"][0] | {"probability": 0} == {"code": "en", "name": "English", "probability": 0}
    source = common_pb2.AudioSource(content=sounds["short"].read_bytes())
    by_stub = speech.DetectLanguage(speech_pb2.DetectLanguageRequest(model=MODEL, audio=source), timeout=60)
    assert by_stub.detected_language == "en" and [entry.code for entry in by_stub.all_languages] == [
        entry["code"] for entry in found["all_languages"]]


def test_voiceboxs_shape(curl, sounds):
    found = answer(curl("/v1/transcribe", "-F", f"audio=@{sounds['short']}", "-F", "language=en", "-F",
                        f"model={MODEL}"))
    assert found == {"text": TALKS["short"]}


def test_the_file_may_come_before_and_lists_in_either_spelling(curl, sounds):
    for name in ("timestamp_granularities", "timestamp_granularities[]"):
        found = answer(curl("/v1/audio/transcriptions", "-F", f"file=@{sounds['short']}", "-F", f"{name}=word", "-F",
                            f"{name}=segment", "-F", "response_format=verbose_json", "-F", "model=whisper-1"))
        assert [word["word"] for word in found["words"]] == TALKS["short"].split() and found["segments"]


def test_wrong_names_are_told(curl, sounds):
    status, _, body = curl("/stt/transcribe", "-F", f"fiel=@{sounds['short']}", "-F", f"model={MODEL}")
    assert status == 400 and "file" in json.loads(body)["error"]["message"]
    status, _, body = curl("/stt/transcribe", "-F", f"file=@{sounds['short']}", "-F", f"modle={MODEL}")
    assert status == 400 and "model" in json.loads(body)["error"]["message"]
    assert json.loads(body)["detail"] == json.loads(body)["error"]["message"]


@pytest.mark.parametrize("path", ["/speakers/diarize", "/api/diarization/process"])
def test_diarize(curl, sounds, path):
    found = answer(curl(path, "-F", f"file=@{sounds['two']}", "-F", f"model={DIARIZER}"))
    turns = found["segments"]
    assert found["num_speakers"] == 2 and found["duration"] == pytest.approx(7.2, abs=0.05)
    assert [(pytest.approx(turn["start"], abs=0.15), pytest.approx(turn["end"], abs=0.15)) for turn in turns] == TURNS
    assert turns[0]["speaker"] == turns[2]["speaker"] != turns[1]["speaker"]


def rttm(found):
    """The turns as (start, end, speaker), by the columns that NIST gives them."""
    status, kind, body = found
    assert (status, kind) == (200, "text/x-rttm"), found
    turns = []
    for line in body.strip().split("\n"):
        columns = line.split(" ")
        assert len(columns) == 10 and columns[0] == "SPEAKER" and columns[2] == "1", line
        assert columns[5:7] == columns[8:] == ["<NA>", "<NA>"], line
        turns.append((float(columns[3]), float(columns[3]) + float(columns[4]), columns[7]))
    return turns


def test_rttm(curl, sounds):
    two = ("-F", f"file=@{sounds['two']}", "-F", f"model={DIARIZER}")
    for found in (curl("/speakers/diarize", "-H", "accept: text/x-rttm", *two),
                  curl("/v1/audio/diarization", "-F", "response_format=rttm", *two)):
        turns = rttm(found)
        assert [(pytest.approx(start, abs=0.15), pytest.approx(end, abs=0.15)) for start, end, _ in turns] == TURNS
        assert turns[0][2] == turns[2][2] != turns[1][2]


def test_speachess_shape(curl, sounds):
    found = answer(curl("/v1/audio/diarization", "-F", f"file=@{sounds['two']}", "-F", f"model={DIARIZER}"))
    assert set(found) == {"duration", "segments"} and len(found["segments"]) == 3
    assert set(found["segments"][0]) == {"start", "end", "speaker"}


def test_verify(curl, speech, sounds):
    def by_curl(one, other):
        return answer(curl("/speakers/verify", "-F", f"file1=@{sounds[one]}", "-F", f"file2=@{sounds[other]}", "-F",
                           f"model={VERIFIER}"))

    assert by_curl("one", "same") == {
        "is_same_speaker": True, "similarity_score": pytest.approx(0.8742), "threshold": 0.5}
    assert by_curl("one", "other")["is_same_speaker"] is False
    one, other = (common_pb2.AudioSource(content=sounds[name].read_bytes()) for name in ("one", "other"))
    request = speech_pb2.VerifySpeakerRequest(audio1=one, audio2=other, model=VERIFIER)
    assert not speech.VerifySpeaker(request, timeout=60).is_same_speaker


def test_diarize_by_stub(speech, sounds):
    source = common_pb2.AudioSource(content=sounds["two"].read_bytes())
    found = speech.Diarize(speech_pb2.DiarizeRequest(audio=source, model=DIARIZER), timeout=60)
    assert found.num_speakers == 2 and len(found.segments) == 3
    config = speech_pb2.DiarizationConfig(num_speakers=1)
    found = speech.Diarize(speech_pb2.DiarizeRequest(audio=source, model=DIARIZER, config=config), timeout=60)
    assert {turn.speaker for turn in found.segments} == {found.segments[0].speaker}


def test_sound_that_is_none_is_told_by_stub(speech):
    source = common_pb2.AudioSource(content=b"This is no sound at all. " * 100)
    for call, request in (
        (speech.Recognize, speech_pb2.RecognizeRequest(
            config=speech_pb2.RecognitionConfig(model=MODEL), audio=source)),
        (speech.DetectLanguage, speech_pb2.DetectLanguageRequest(model=MODEL, audio=source)),
        (speech.Diarize, speech_pb2.DiarizeRequest(model=DIARIZER, audio=source)),
        (speech.VerifySpeaker, speech_pb2.VerifySpeakerRequest(model=VERIFIER, audio1=source, audio2=source)),
    ):
        with pytest.raises(grpc.RpcError) as caught:
            call(request, timeout=60)
        assert caught.value.code() == grpc.StatusCode.INVALID_ARGUMENT
