"""What the speech suite needs besides what all do: stubs, and a recording in which somebody speaks."""

import pathlib
import subprocess
import sys

import grpc
import pytest
import stubs

stubs.generate()
sys.path.insert(0, str(pathlib.Path(__file__).parent))

from parley.v1 import speech_pb2_grpc, voice_pb2_grpc  # noqa: E402

RECORDED = ("A voice is made from a recording. Somebody speaks in it, for some seconds, about nothing in particular. "
            "It is neither loud nor quiet, and it ends before anybody is bored.")


@pytest.fixture(scope="session")
def channel(url):
    with grpc.insecure_channel(url.removeprefix("http://")) as made:
        yield made


@pytest.fixture(scope="session")
def speech(channel):
    return speech_pb2_grpc.SpeechServiceStub(channel)


@pytest.fixture(scope="session")
def voices(channel):
    return voice_pb2_grpc.VoiceServiceStub(channel)


@pytest.fixture(scope="session")
def recordings(tmp_path_factory):
    """Recordings by number, each of another sound: espeak-ng in another pace and pitch."""
    folder = tmp_path_factory.mktemp("recordings")
    made = {}

    def recording(number):
        if number not in made:
            file = folder / f"{number}.wav"
            command = ["espeak-ng", "-s", str(150 + number), "-p", str(40 + number % 50), "-w", str(file), RECORDED]
            subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
            made[number] = file.read_bytes()
        return made[number]

    return recording
