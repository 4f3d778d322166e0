"""Generated Python stubs: a text spoken, and a text spoken while it is written."""

import queue

import grpc
import numpy
import pytest
import sound
from google.protobuf import empty_pb2
from google.rpc import error_details_pb2, status_pb2
from parley.v1 import common_pb2, speech_pb2

SENTENCES = ["This is the first of them.", "The second follows at once.", "And the third ends it."]
TEXT = " ".join(SENTENCES)
ENDS = speech_pb2.SegmentEnd


def pcm(rate=sound.RATE):
    return common_pb2.AudioFormat(encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE, sample_rate_hz=rate)


def config(model="narrator", **more):
    return speech_pb2.SynthesisConfig(model=model, format=pcm(), **more)


def samples(data):
    return numpy.frombuffer(data, "<i2") / 32_768


def reason(error):
    status = status_pb2.Status.FromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    info = error_details_pb2.ErrorInfo()
    assert any(detail.Unpack(info) for detail in status.details)
    return info.reason


class Heard:
    """What came of each segment."""

    def __init__(self):
        self.audio, self.ends, self.order = {}, {}, []

    def take(self, message):
        kind = message.WhichOneof("event")
        self.order.append((message.segment, kind))
        if kind == "audio":
            assert message.segment not in self.ends, "sound after the end of its segment"
            self.audio[message.segment] = self.audio.get(message.segment, b"") + message.audio.data
        elif kind == "end":
            assert message.segment not in self.ends, "a second end"
            self.ends[message.segment] = message.end

    def texts(self, segment):
        return sound.heard(samples(self.audio.get(segment, b"")))


def test_a_text_is_one_segment_with_one_end(speech):
    got = Heard()
    first = None
    offset = 0
    for message in speech.Synthesize(speech_pb2.SynthesizeRequest(config=config(), text=TEXT), timeout=30):
        got.take(message)
        if message.WhichOneof("event") == "audio":
            first = first or message.audio
            assert message.audio.offset_ms == pytest.approx(offset, abs=2)
            assert len(message.audio.data) <= 2 * sound.RATE // 10
            offset += len(message.audio.data) / 2 / sound.RATE * 1_000
    assert first.format.sample_rate_hz == sound.RATE and first.format.channel_count == 1
    assert got.order[-1] == (0, "end") and got.texts(0) == SENTENCES
    assert got.ends[0].reason == ENDS.REASON_COMPLETED
    assert got.ends[0].duration_ms == pytest.approx(len(got.audio[0]) / 2 / sound.RATE * 1_000, abs=2)


class Writer:
    """A caller who decides while it listens what to write next."""

    def __init__(self, speech, **settings):
        self.queue = queue.Queue()
        self.send(config=config(**settings))
        self.call = speech.StreamingSynthesize(iter(self.queue.get, None), timeout=30)
        self.got = Heard()

    def send(self, **request):
        self.queue.put(speech_pb2.StreamingSynthesizeRequest(**request))

    def write(self, text):
        self.send(text=text)

    def flush(self):
        self.send(flush=empty_pb2.Empty())

    def cancel(self):
        self.send(cancel=empty_pb2.Empty())

    def close(self):
        self.queue.put(None)

    def until_end_of(self, segment):
        while segment not in self.got.ends:
            self.got.take(next(self.call))

    def rest(self):
        for message in self.call:
            self.got.take(message)
        return self.got


def test_text_in_pieces_is_spoken_as_if_it_came_at_once(speech):
    writer = Writer(speech)
    for at in range(0, len(TEXT), 7):
        writer.write(TEXT[at : at + 7])
    writer.close()
    got = writer.rest()
    assert "".join(got.texts(0)).replace(" ", "") == TEXT.replace(" ", "")
    assert [end.reason for end in got.ends.values()] == [ENDS.REASON_COMPLETED]


def test_each_flush_ends_a_segment(speech):
    writer = Writer(speech)
    for segment, sentence in enumerate(SENTENCES):
        writer.write(sentence)
        writer.flush()
        writer.until_end_of(segment)
    writer.close()
    got = writer.rest()
    assert [got.texts(segment) for segment in range(3)] == [[sentence] for sentence in SENTENCES]
    assert sorted(got.ends) == [0, 1, 2]


def test_half_close_speaks_what_is_left(speech):
    writer = Writer(speech)
    writer.write("No end of a sentence here")
    writer.close()
    got = writer.rest()
    assert got.texts(0) == ["No end of a sentence here"] and list(got.ends) == [0]


def test_silence_of_the_writer_speaks_what_is_there(speech):
    writer = Writer(speech, max_buffer_delay_ms=200)
    writer.write("Nothing follows for a while, and no end")
    while (0, "audio") not in writer.got.order:
        writer.got.take(next(writer.call))
    writer.close()
    assert " ".join(writer.rest().texts(0)) == "Nothing follows for a while, and no end"


def test_cancel_drops_and_the_stream_goes_on(speech):
    # The slow backend has spoken nothing of the second sentence when it is told to stop.
    writer = Writer(speech, model="slow/voice")
    writer.write("Short one. " + "A very long sentence that nobody will hear to its end because it is not wanted. " * 3)
    while (0, "audio") not in writer.got.order:
        writer.got.take(next(writer.call))
    writer.cancel()
    writer.until_end_of(0)
    writer.write("Something else.")
    writer.flush()
    writer.until_end_of(1)
    writer.close()
    got = writer.rest()
    assert got.ends[0].reason == ENDS.REASON_CANCELLED and got.ends[1].reason == ENDS.REASON_COMPLETED
    assert got.texts(1) == ["Something else."] and sorted(got.ends) == [0, 1]
    assert "nobody" not in "".join(got.texts(0))


def test_a_caller_that_leaves_stops_the_backend(speech, fakes):
    before = fakes["openrouter-slow"].cancelled()
    text = "Short. " + "A sentence that takes the backend more than two seconds, since it is long and it is slow. " * 3
    call = speech.Synthesize(speech_pb2.SynthesizeRequest(config=config("slow/voice"), text=text), timeout=30)
    next(call)
    call.cancel()
    fakes["openrouter-slow"].wait_cancelled(before + 1)


@pytest.mark.parametrize("name,encoding", [("mp3", "MP3"), ("opus", "OGG_OPUS"), ("flac", "FLAC"), ("wav", "WAV")])
def test_encoded_streams_are_valid_over_several_segments(speech, name, encoding):
    number = common_pb2.AudioEncoding.Value(f"AUDIO_ENCODING_{encoding}")
    form = common_pb2.AudioFormat(encoding=number, sample_rate_hz=24_000)
    requests = [speech_pb2.StreamingSynthesizeRequest(config=speech_pb2.SynthesisConfig(model="narrator", format=form))]
    for sentence in SENTENCES:
        requests.append(speech_pb2.StreamingSynthesizeRequest(text=sentence))
        requests.append(speech_pb2.StreamingSynthesizeRequest(flush=empty_pb2.Empty()))
    messages = list(speech.StreamingSynthesize(iter(requests), timeout=30))
    data = b"".join(message.audio.data for message in messages if message.WhichOneof("event") == "audio")
    assert "".join(sound.heard(sound.decode(data))) == "".join(SENTENCES)


@pytest.mark.parametrize("request_,code,why", [
    (speech_pb2.SynthesizeRequest(config=config(), text=""), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
    (speech_pb2.SynthesizeRequest(config=config()), grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD"),
    (speech_pb2.SynthesizeRequest(config=config(), text="a " * (1 << 19)), grpc.StatusCode.RESOURCE_EXHAUSTED,
     "TOO_LARGE"),
    (speech_pb2.SynthesizeRequest(config=config("narator"), text="x"), grpc.StatusCode.NOT_FOUND, "MODEL_NOT_FOUND"),
    (speech_pb2.SynthesizeRequest(config=config(), ssml="<speak>no end"), grpc.StatusCode.INVALID_ARGUMENT,
     "INVALID_FIELD"),
])
def test_refusals(speech, request_, code, why):
    with pytest.raises(grpc.RpcError) as caught:
        list(speech.Synthesize(request_, timeout=30))
    assert (caught.value.code(), reason(caught.value)) == (code, why), caught.value.details()


def test_ssml_is_for_models_that_read_it(speech):
    request = speech_pb2.SynthesizeRequest(config=config("gpt-4o-mini-tts"), ssml="<speak>Hi</speak>")
    with pytest.raises(grpc.RpcError) as caught:
        list(speech.Synthesize(request, timeout=30, metadata=[("x-parley-backend", "openai")]))
    assert caught.value.code() == grpc.StatusCode.FAILED_PRECONDITION
    assert reason(caught.value) == "CAPABILITY_MISSING" and "SSML" in caught.value.details()


def test_config_comes_first(speech):
    with pytest.raises(grpc.RpcError) as caught:
        list(speech.StreamingSynthesize(iter([speech_pb2.StreamingSynthesizeRequest(text="x")]), timeout=30))
    assert reason(caught.value) == "INVALID_FIELD"
