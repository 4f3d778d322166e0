"""StreamingRecognize by a generated stub: sound arrives piece by piece, words come back before it ends."""

import queue
import threading
import time
import wave

import grpc
import pytest
import said
from conftest import TALKS
from google.protobuf import empty_pb2
from parley.v1 import common_pb2, speech_pb2

REAL = "pocketsphinx"
FAKE = "large-v3-turbo"
EVENT = speech_pb2.SpeechEvent

# Sound in 100 ms pieces, this many times as fast as it lasts.
FASTER = 4
PIECE = 0.1
WRONG = 0.2 if said.folder().exists() else 0.93


class Live:
    """A stream that is written by one thread and read by another."""

    def __init__(self, stub, model, rate, words=True, **settings):
        form = common_pb2.AudioFormat(
            encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE, sample_rate_hz=rate, channel_count=1)
        config = speech_pb2.RecognitionConfig(model=model, languages=["en"], word_timestamps=words)
        wanted = speech_pb2.StreamingRecognitionConfig(
            config=config, format=form, interim_results=True, speech_events=True, **settings)
        self.rate, self.got, self.more = rate, [], threading.Condition()
        self.over, self.failure = False, None
        self.outbox = queue.Queue()
        self.send(config=wanted)
        self.call = stub.StreamingRecognize(iter(self.outbox.get, None), timeout=60)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for message in self.call:
                with self.more:
                    self.got.append(message)
                    self.more.notify_all()
        except grpc.RpcError as error:
            self.failure = error
        with self.more:
            self.over = True
            self.more.notify_all()

    def send(self, **request):
        self.outbox.put(speech_pb2.StreamingRecognizeRequest(**request))

    def speak(self, pcm):
        size = int(self.rate * PIECE) * 2
        began = time.monotonic()
        for number, at in enumerate(range(0, len(pcm), size)):
            self.send(audio=pcm[at : at + size])
            time.sleep(max(0, began + (number + 1) * PIECE / FASTER - time.monotonic()))

    def wait_for(self, reached, seconds=30):
        with self.more:
            assert self.more.wait_for(lambda: reached(self.got) or self.over, seconds), self.got[-3:]
            assert reached(self.got), (self.failure, self.got[-3:])

    def end(self):
        self.outbox.put(None)
        with self.more:
            assert self.more.wait_for(lambda: self.over, 50), "the stream does not end"
        assert self.failure is None, self.failure
        return self.got


def samples(file):
    with wave.open(str(file)) as sound:
        return sound.readframes(sound.getnframes()), sound.getframerate()


def finals(messages):
    return [m.result.segment for m in messages if m.WhichOneof("event") == "result" and m.result.is_final]


def text(segments):
    return " ".join(segment.text.strip() for segment in segments if segment.text.strip())


def events(messages, *types):
    found = [m.speech for m in messages if m.WhichOneof("event") == "speech"]
    return [e for e in found if not types or e.type in types]


def judge(messages, seconds):
    """What api.md promises of every stream."""
    kinds = [message.WhichOneof("event") for message in messages]
    assert kinds[0] == "started" and kinds[-1] == "summary"
    assert kinds.count("started") == kinds.count("summary") == 1
    over, at = set(), 0
    for message in messages:
        if message.WhichOneof("event") == "result":
            segment = message.result.segment
            assert segment.id not in over, "a final has changed"
            assert 0 <= segment.start <= segment.end <= seconds + 0.05, segment
            if message.result.is_final:
                over.add(segment.id)
                assert segment.start >= at - 0.011, "finals are not in the order of the sound"
                at = segment.end
    words = [word for segment in finals(messages) for word in segment.words]
    for before, after in zip(words, words[1:]):
        assert before.start < before.end and before.end <= after.start + 0.011, (before, after)
    spoken = events(messages, EVENT.TYPE_SPEECH_STARTED, EVENT.TYPE_SPEECH_STOPPED)
    assert [e.type for e in spoken] == [EVENT.TYPE_SPEECH_STARTED, EVENT.TYPE_SPEECH_STOPPED] * (len(spoken) // 2)
    offsets = [e.offset_ms for e in spoken]
    assert offsets == sorted(offsets) and offsets[-1] <= seconds * 1_000 + 50
    processed = [message.audio_processed_ms for message in messages]
    assert processed == sorted(processed) and processed[-1] <= seconds * 1_000 + 50
    summary = messages[-1].summary
    assert summary.text.split() == text(finals(messages)).split()
    assert summary.duration == pytest.approx(seconds, abs=0.05)


def interims(messages):
    return [m.result.segment for m in messages if m.WhichOneof("event") == "result" and not m.result.is_final]


@pytest.mark.parametrize("name,rate", [
    ("speech/en/jfk.wav", 16_000),
    ("speech/en/vosk-test-digits.wav", 8_000),
    ("speech/en/vosk-test-digits.wav", 48_000),
])
def test_people_are_understood_while_they_speak(speech, recording, name, rate):
    pcm, rate = samples(recording(name, rate))
    live = Live(speech, REAL, rate)
    live.speak(pcm)
    messages = live.end()
    judge(messages, len(pcm) / 2 / rate)
    bound = 0.6 if rate == 8_000 else WRONG
    assert said.error_rate(said.RECORDINGS[name], text(finals(messages))) <= bound, text(finals(messages))
    assert interims(messages), "nothing before it was final"
    first = next(i for i, m in enumerate(messages) if m.WhichOneof("event") == "result")
    assert messages[first].audio_processed_ms < len(pcm) / 2 / rate * 1_000 / 2


def test_finals_are_what_the_file_says(speech, client, recording):
    file = recording("speech/en/vosk-test-digits.wav")
    pcm, rate = samples(file)
    live = Live(speech, REAL, rate)
    live.speak(pcm)
    heard = text(finals(live.end()))
    whole = client.audio.transcriptions.create(model=REAL, file=file).text
    assert said.errors(said.words(whole), said.words(heard)) <= 3, (whole, heard)


def test_finalize_makes_final_what_was_heard(speech, recording):
    pcm, rate = samples(recording("speech/en/vosk-test-digits.wav"))
    cut = int(3.3 * rate) * 2
    live = Live(speech, REAL, rate, turn_detection=speech_pb2.TurnDetection(
        mode=speech_pb2.TurnDetection.MODE_SERVER_VAD, silence_duration_ms=5_000))
    live.speak(pcm[:cut])
    live.send(finalize=empty_pb2.Empty())
    live.wait_for(lambda got: events(got, EVENT.TYPE_FINALIZED))
    before = text(finals(live.got))
    live.speak(pcm[cut:])
    messages = live.end()
    judge(messages, len(pcm) / 2 / rate)
    assert len(events(messages, EVENT.TYPE_FINALIZED)) == 1
    assert 3 <= len(before.split()) <= 7 and text(finals(messages)).startswith(before)
    expected = said.RECORDINGS["speech/en/vosk-test-digits.wav"]
    assert said.error_rate(expected, text(finals(messages))) <= max(WRONG, 0.25)


@pytest.mark.parametrize("model", [FAKE, "whisper-1", "gpt-4o-transcribe"])
def test_no_word_is_lost_or_doubled(speech, sounds, model):
    """Word for word, as the fakes understand whatever piece of the sound they are given."""
    pcm, rate = samples(sounds["long"])
    # One of them has no times of words.
    live = Live(speech, model, rate, words=model != "gpt-4o-transcribe")
    live.speak(pcm)
    messages = live.end()
    judge(messages, len(pcm) / 2 / rate)
    assert text(finals(messages)) == TALKS["long"].replace(" / ", " ")
    assert len(events(messages, EVENT.TYPE_SPEECH_STARTED)) == 4
    assert len(events(messages, EVENT.TYPE_END_OF_TURN)) == 4
    assert interims(messages)


def test_live_words_have_the_times_of_the_file(speech, sounds):
    pcm, rate = samples(sounds["long"])
    live = Live(speech, FAKE, rate)
    live.speak(pcm)
    heard = [word for segment in finals(live.end()) for word in segment.words]
    config = speech_pb2.RecognitionConfig(model=FAKE, word_timestamps=True)
    source = common_pb2.AudioSource(content=sounds["long"].read_bytes())
    whole = speech.Recognize(speech_pb2.RecognizeRequest(config=config, audio=source), timeout=60)
    words = [word for segment in whole.segments for word in segment.words]
    assert [w.word for w in heard] == [w.word for w in words]
    for live_word, word in zip(heard, words):
        assert abs(live_word.start - word.start) < 0.05 and abs(live_word.end - word.end) < 0.05, (live_word, word)


def test_silence_is_an_empty_result(speech):
    live = Live(speech, REAL, 16_000)
    live.speak(bytes(64_000))
    messages = live.end()
    assert [m.WhichOneof("event") for m in messages] == ["started", "summary"]
    assert messages[-1].summary.text == "" and messages[-1].summary.duration == pytest.approx(2, abs=0.01)


def refusal(speech, *requests):
    with pytest.raises(grpc.RpcError) as caught:
        list(speech.StreamingRecognize(iter(requests), timeout=20))
    return caught.value.code()


def test_streams_begin_with_config_and_have_one(speech):
    request = speech_pb2.StreamingRecognizeRequest
    config = request(config=speech_pb2.StreamingRecognitionConfig(
        config=speech_pb2.RecognitionConfig(model=FAKE), format=common_pb2.AudioFormat(
            encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE, sample_rate_hz=16_000, channel_count=1)))
    for bad in ([request(audio=bytes(320))], [config, config], [request(finalize=empty_pb2.Empty())], [request()]):
        assert refusal(speech, *bad) == grpc.StatusCode.INVALID_ARGUMENT, bad
    unknown = speech_pb2.StreamingRecognitionConfig(config=speech_pb2.RecognitionConfig(model="pocketsphynx"))
    assert refusal(speech, request(config=unknown)) == grpc.StatusCode.NOT_FOUND
