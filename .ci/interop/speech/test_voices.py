"""The voice library from outside: voices made, spoken with, and forgotten; Voicebox's way of the same."""

import base64
import uuid

import grpc
import numpy
import pytest
import sound
from parley.v1 import common_pb2, speech_pb2, voice_pb2

CLONING = "chatterbox-turbo"


def count(fake, path):
    return sum(request["target"].split("?")[0] == path for request in fake.journal())


def form(recordings, numbers):
    return [("files", (f"{number}.wav", recordings(number), "audio/wav")) for number in numbers]


@pytest.fixture
def voice(raw, recordings):
    """Makes voices, and forgets those that a test leaves behind."""
    made = []

    def make(*numbers, **fields):
        answer = raw.post("/voices", data={"name": f"v-{uuid.uuid4()}"} | fields, files=form(recordings, numbers))
        assert answer.status_code == 201, answer.text
        made.append(answer.json()["voice_id"])
        return answer.json()

    yield make
    for one in made:
        raw.delete(f"/voices/{one}")


def listed(raw):
    return {entry["voice_id"] for entry in raw.get("/voices").json()}


def test_a_voice_is_made_spoken_with_and_forgotten(raw, client, fakes, voice):
    uploads = count(fakes["chatterbox"], "/upload_reference")
    # A recording that a hub which runs for longer has not seen: a backend keeps them by their content.
    made = voice(20 + uuid.uuid4().int % 100, transcript="What is said in it.", languages="en", consent="yes")
    assert made["kind"] == "cloned" and made["languages"] == ["en"] and made["labels"] == {"consent": "yes"}
    assert made["references"][0]["transcript"] == "What is said in it." and made["references"][0]["duration"] > 5
    assert made["voice_id"] in listed(raw)
    for name in (made["voice_id"], made["name"]):
        for spelling in (name, {"id": name}):
            answer = client.audio.speech.create(
                model=CLONING, voice=spelling, input="In that voice. Twice even.", response_format="wav")
            assert answer.response.headers["x-parley-backend"] == "chatterbox"
            assert sound.heard(sound.decode(answer.content)) == ["In that voice.", "Twice even."]
    assert count(fakes["chatterbox"], "/upload_reference") == uploads + 1
    assert raw.delete(f"/voices/{made['voice_id']}").json() == {"voice_id": made["voice_id"], "status": "deleted"}
    assert made["voice_id"] not in listed(raw) and raw.get(f"/voices/{made['voice_id']}").status_code == 404
    answer = raw.post("/tts/synthesize", json={"model": CLONING, "text": "Hi.", "voice_id": made["voice_id"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "voice_not_found")


def test_ten_recordings_make_a_voice(voice):
    made = voice(*range(10, 20))
    assert len(made["references"]) == 10 and len({one["sha256"] for one in made["references"]}) == 10


def test_recordings_are_added(raw, recordings, voice):
    made = voice(1)
    answer = raw.post(f"/voices/{made['voice_id']}/references", files=form(recordings, [2]))
    assert answer.status_code == 200 and len(answer.json()["references"]) == 2


@pytest.mark.parametrize("numbers,files,status,code,words", [
    ([], {}, 400, "invalid_value", "references"),
    (range(11), {}, 400, "invalid_value", "10"),
    ([], {"files": ("voice.wav", b"PK\x03\x04" + bytes(40_000), "audio/wav")}, 400, "invalid_value", "references[0]"),
])
def test_bad_recordings_leave_nothing(raw, recordings, numbers, files, status, code, words):
    before = listed(raw)
    name = f"bad-{uuid.uuid4()}"
    answer = raw.post("/voices", data={"name": name}, files=files or form(recordings, numbers) or {"x": (None, "")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code), answer.text
    if files:
        assert words in answer.text
    assert listed(raw) == before


def test_interpolation_names_what_it_did(raw, voice):
    one, two = voice(1)["voice_id"], voice(2)["voice_id"]
    shares = [{"voice_id": one, "weight": 3}, {"voice_id": two, "weight": 1}]
    answer = raw.post("/tts/interpolate", json={"model": CLONING, "text": "A mixture.", "voices": shares})
    assert answer.status_code == 200 and answer.headers["x-parley-blend"]
    assert sound.heard(sound.decode(answer.content)) == ["A mixture."]
    shares = [{"voice_id": "af_bella", "weight": 0.7}, {"voice_id": "af_sky", "weight": 0.3}]
    answer = raw.post("/tts/interpolate", json={"model": "kokoro", "text": "A mixture.", "voices": shares})
    assert answer.status_code == 200 and answer.headers["x-parley-blend"] == "model"
    assert sound.heard(sound.decode(answer.content)) == ["A mixture."]


def test_native_routes_speak(raw):
    text = "From the native routes."
    answer = raw.post("/tts/synthesize", json={"model": "narrator", "text": text})
    assert answer.headers["content-type"] == "audio/wav" and sound.heard(sound.decode(answer.content)) == [text]
    answer = raw.post("/tts/stream", json={"model": "narrator", "text": text, "response_format": "mp3"},
                      headers={"accept": "audio/mpeg"})
    assert answer.headers["content-type"] == "audio/mpeg" and sound.heard(sound.decode(answer.content)) == [text]
    answer = raw.post("/tts/stream", json={"model": "narrator", "text": text})
    assert answer.headers["content-type"].startswith("text/event-stream") and "speech.audio.done" in answer.text


def test_voicebox_speaks_through_the_hub(raw, recordings):
    answer = raw.post("/v1/create_voice_prompt", data={"reference_text": "What is said."},
                      files={"audio": ("r.wav", recordings(3), "audio/wav")})
    assert answer.status_code == 200, answer.text
    prompt = answer.json()["voice_prompt"]
    try:
        request = {"text": "For Voicebox.", "voice_prompt": prompt, "language": "en", "model": CLONING}
        body = raw.post("/v1/generate", json=request).json()
        assert body["dtype"] == "float32" and body["sample_rate"] == sound.RATE
        samples = numpy.frombuffer(base64.b64decode(body["audio"]), "<f4").astype(float)
        assert sound.heard(samples) == ["For Voicebox."]
        expected = sound.place(samples, ["For Voicebox."])[1]
        assert sound.snr_db(samples, expected) > 60
    finally:
        raw.delete(f"/voices/{prompt['voice_id']}")


def test_the_hub_speaks_through_voicebox(client):
    answer = client.audio.speech.create(
        model="Qwen3-TTS", voice="alloy", input="By numbers.", response_format="wav",
        extra_headers={"x-parley-backend": "voicebox-provider"})
    assert sound.heard(sound.decode(answer.content)) == ["By numbers."]


def test_openais_shape_of_the_library(raw, recordings):
    name = f"o-{uuid.uuid4()}"
    answer = raw.post("/v1/audio/voices", data={"name": name, "consent": "cons_1"},
                      files={"audio_sample": ("a.wav", recordings(4), "audio/wav")})
    assert answer.status_code == 200 and answer.json()["name"] == name
    try:
        assert name in raw.get("/v1/audio/voices").json()["voices"]
    finally:
        assert raw.delete(f"/voices/{answer.json()['id']}").status_code == 200


def test_stubs_make_list_and_delete(voices, speech, recordings):
    name = f"g-{uuid.uuid4()}"
    recording = voice_pb2.CreateVoiceRequest(
        name=name,
        references=[speech_pb2.VoicePrompt(audio=common_pb2.AudioSource(content=recordings(5)), transcript="Said.")])
    key = [("idempotency-key", name)]
    made = voices.CreateVoice(recording, timeout=30, metadata=key)
    try:
        assert voices.CreateVoice(recording, timeout=30, metadata=key).voice_id == made.voice_id
        with pytest.raises(grpc.RpcError) as caught:
            voices.CreateVoice(recording, timeout=30)
        assert caught.value.code() == grpc.StatusCode.ALREADY_EXISTS
        page = voices.ListVoices(voice_pb2.ListVoicesRequest(model=CLONING), timeout=30)
        assert name in {entry.name for entry in page.voices}
        chosen = speech_pb2.VoiceSelection(voice_id=made.voice_id)
        request = speech_pb2.SynthesizeRequest(
            config=speech_pb2.SynthesisConfig(model=CLONING, voice=chosen), text="Through stubs.")
        heard = speech.Synthesize(request, timeout=30)
        data = b"".join(message.audio.data for message in heard if message.WhichOneof("event") == "audio")
        assert sound.heard(numpy.frombuffer(data, "<i2") / 32_768) == ["Through stubs."]
    finally:
        gone = voices.DeleteVoice(voice_pb2.DeleteVoiceRequest(voice_id=made.voice_id), timeout=30)
    assert gone.status == "deleted"
    assert name not in {entry.name for entry in voices.ListVoices(voice_pb2.ListVoicesRequest(), timeout=30).voices}
