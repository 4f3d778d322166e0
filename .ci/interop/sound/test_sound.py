"""Work on sound: what the hub writes is read by libraries other than its own, and what is large does not stay in its memory."""

import hashlib
import io
import os
import pathlib
import re
import threading
import time

import grpc
import httpx
import miniaudio
import numpy
import pytest
import soundfile

from parley.v1 import audio_pb2, audio_pb2_grpc, common_pb2

MIB = 1 << 20
GIB = 1 << 30
RATE = 16_000


@pytest.fixture(scope="module")
def http(url):
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def audio(url):
    with grpc.insecure_channel(url.removeprefix("http://")) as channel:
        yield audio_pb2_grpc.AudioServiceStub(channel)


def tone(seconds=1.0, rate=RATE, hertz=440):
    return 0.5 * numpy.sin(2 * numpy.pi * hertz * numpy.arange(int(seconds * rate)) / rate)


def wav(samples, rate=RATE, subtype="PCM_16"):
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format="WAV", subtype=subtype)
    return file.getvalue()


def convert(http, body, **fields):
    answer = http.post("/audio/convert", files={"file": ("a", body)}, data=fields)
    assert answer.status_code == 200, answer.text
    return answer.content


class Memory:
    """The most that the hub holds while something runs."""

    def __init__(self):
        self.status = pathlib.Path(f"/proc/{os.environ['PARLEY_PID']}/status")

    def now(self):
        return int(re.search(r"VmRSS:\s+(\d+)", self.status.read_text()).group(1)) * 1024

    def __enter__(self):
        self.before = self.most = self.now()
        self.over = threading.Event()
        self.watch = threading.Thread(target=self.look)
        self.watch.start()
        return self

    def look(self):
        while not self.over.wait(0.05):
            self.most = max(self.most, self.now())

    def __exit__(self, *_):
        self.over.set()
        self.watch.join()

    def growth(self):
        return self.most - self.before


needs_memory = pytest.mark.skipif(
    "PARLEY_PID" not in os.environ or not pathlib.Path("/proc/self/status").exists(),
    reason="the hub is not a process of this machine")


def read(made, rate):
    """The samples of one channel, by readers that know nothing of ffmpeg."""
    if made.startswith(b"OggS"):
        # A stream does not know its length, so neither does its header.
        return soundfile.read(io.BytesIO(made), frames=2 * rate)
    decoded = miniaudio.decode(made, miniaudio.SampleFormat.FLOAT32, 1, rate)
    return numpy.array(decoded.samples), decoded.sample_rate


@pytest.mark.parametrize("name,rate", [("wav", 22_050), ("flac", 44_100), ("opus", 48_000), ("mp3", 24_000)])
def test_other_readers_read_what_the_hub_writes(http, name, rate):
    samples, read_rate = read(convert(http, wav(tone()), output_format=name, sample_rate=str(rate)), rate)
    assert read_rate == rate
    assert abs(len(samples) - rate) < 0.1 * rate
    level = numpy.sqrt(numpy.mean(samples[rate // 10 : rate // 2] ** 2))
    assert abs(level - 0.5 / numpy.sqrt(2)) < 0.02


@pytest.mark.parametrize("kind,subtype", [("WAV", "PCM_24"), ("WAV", "FLOAT"), ("WAV", "ULAW"), ("FLAC", "PCM_16"),
                                          ("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III"), ("AIFF", "PCM_16")])
def test_the_hub_reads_what_another_writer_writes(http, kind, subtype):
    file = io.BytesIO()
    soundfile.write(file, tone(), RATE, format=kind, subtype=subtype)
    made = numpy.frombuffer(convert(http, file.getvalue(), output_format="pcm_f32le", sample_rate=str(RATE)), "<f4")
    assert abs(len(made) - RATE) < 0.1 * RATE
    assert abs(numpy.sqrt(numpy.mean(made[2_000:12_000] ** 2)) - 0.5 / numpy.sqrt(2)) < 0.02


def test_resampling_keeps_a_tone_and_adds_nothing(http):
    made = convert(http, wav(tone(2, 48_000, 997), 48_000, "FLOAT"), output_format="pcm_f32le", sample_rate=str(RATE))
    samples = numpy.frombuffer(made, "<f4")[4_000:28_000].astype(float)
    at = numpy.arange(len(samples)) / RATE
    basis = numpy.stack([numpy.sin(2 * numpy.pi * 997 * at), numpy.cos(2 * numpy.pi * 997 * at)], 1)
    rest = samples - basis @ numpy.linalg.lstsq(basis, samples, rcond=None)[0]
    assert 10 * numpy.log10(numpy.mean(rest**2) / numpy.mean(samples**2)) < -130


def test_finds_no_speech_in_silence_and_says_who_looked(http):
    answer = http.post("/audio/vad", files={"file": ("a", wav(numpy.zeros(RATE)))}).json()
    assert answer["segments"] == [] and answer["duration"] == 1.0 and answer["model"]


def pieces(total):
    block = os.urandom(MIB)
    for at in range(total // MIB):
        yield at.to_bytes(8, "big") + block[8:]


@needs_memory
def test_a_gibibyte_over_http_leaves_the_memory_alone(http):
    sha = hashlib.sha256()

    def body():
        for piece in pieces(GIB):
            sha.update(piece)
            yield piece

    http.post("/api/media", content=b"warm")
    with Memory() as memory:
        answer = http.post("/api/media", content=body(), headers={"content-type": "application/octet-stream"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["size_bytes"] == GIB and answer.json()["sha256"] == sha.hexdigest()
    assert memory.growth() < 64 * MIB


@needs_memory
def test_a_gibibyte_over_grpc_leaves_the_memory_alone(audio):
    sha = hashlib.sha256()

    def messages():
        for piece in pieces(GIB):
            sha.update(piece)
            yield audio_pb2.UploadRequest(data=piece)

    audio.Upload(iter([audio_pb2.UploadRequest(data=b"warm")]))
    with Memory() as memory:
        media = audio.Upload(messages())
    assert media.size_bytes == GIB and media.sha256 == sha.hexdigest()
    assert memory.growth() < 64 * MIB


def test_what_was_uploaded_comes_back_and_is_taken_as_sound(audio):
    file = wav(tone(3))
    media = audio.Upload(iter([audio_pb2.UploadRequest(data=file[at : at + 9_999]) for at in range(0, len(file), 9_999)]))
    assert media.duration == pytest.approx(3) and media.format.encoding == common_pb2.AUDIO_ENCODING_WAV
    back = b"".join(chunk.data for chunk in audio.Download(audio_pb2.DownloadRequest(media=media.name)))
    assert back == file
    chunks = list(audio.Convert(audio_pb2.ConvertRequest(
        audio=common_pb2.AudioSource(media=media.name),
        format=common_pb2.AudioFormat(encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE, sample_rate_hz=8_000))))
    assert chunks[0].format.sample_rate_hz == 8_000 and sum(len(chunk.data) for chunk in chunks) == 2 * 3 * 8_000
    # 100 ms a message, and each tells where it begins.
    assert max(len(chunk.data) for chunk in chunks) <= 2 * 800 + 64
    assert [chunk.offset_ms for chunk in chunks] == sorted(chunk.offset_ms for chunk in chunks)


def test_many_live_streams_end_with_what_they_heard(audio):
    silence = b"\0" * 640

    def messages():
        yield audio_pb2.StreamingDetectSpeechRequest(config=audio_pb2.StreamingVadConfig(
            format=common_pb2.AudioFormat(encoding=common_pb2.AUDIO_ENCODING_PCM_S16LE, sample_rate_hz=RATE,
                                          channel_count=1)))
        for _ in range(50):
            yield audio_pb2.StreamingDetectSpeechRequest(audio=silence)

    calls = [audio.StreamingDetectSpeech(messages()) for _ in range(64)]
    assert [list(call) for call in calls] == [[] for _ in calls]


def test_a_caller_that_leaves_in_the_middle_leaves_nothing_behind(http, url):
    def uploads():
        return float(re.search(r"(?m)^parley_media_uploads\S* (\S+)", http.get("/metrics").text).group(1))

    before = uploads()

    def body():
        yield os.urandom(MIB)
        raise ConnectionError("gone")

    with pytest.raises((ConnectionError, httpx.HTTPError)):
        httpx.post(f"{url}/api/media", content=body(), trust_env=False)
    deadline = time.monotonic() + 10
    while uploads() > before:
        assert time.monotonic() < deadline
