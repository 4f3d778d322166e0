"""What the recognition suite needs besides what all do: stubs, recordings of people, sound that fakes understand."""

import os
import pathlib
import shutil
import subprocess
import sys

import grpc
import pytest
import stubs

stubs.generate()
sys.path.insert(0, str(pathlib.Path(__file__).parent))

import said  # noqa: E402
from parley.v1 import speech_pb2_grpc  # noqa: E402

# What the fakes hear: a slash is a rest of a second.
TALKS = {
    "short": "the quick brown fox jumps over the lazy dog",
    "long": "early in the morning the fisher rows out / nobody sees him leave the harbour / "
            "at noon he comes back with nothing but a story / and everybody listens to it",
}
DIALOGUES = {"two": "0:0.5-2.5,1:3-5,0:5.5-7", "one": "0:0-4", "same": "0:0-5", "other": "1:0-4"}


@pytest.fixture(scope="session")
def speech(url):
    with grpc.insecure_channel(url.removeprefix("http://")) as channel:
        yield speech_pb2_grpc.SpeechServiceStub(channel)


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    """Recordings by name, as WAV files of one channel; spoken by espeak-ng where there are none."""
    folder = tmp_path_factory.mktemp("recordings")

    def of(name, rate=16_000):
        made = folder / f"{pathlib.Path(name).stem}-{rate}.wav"
        if not made.exists():
            source = said.folder() / name
            if not source.exists():
                source = folder / f"{pathlib.Path(name).stem}.wav"
                command = ["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(source), said.RECORDINGS[name]]
                subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
            convert(source, made, "-ac", "1", "-ar", str(rate), "-c:a", "pcm_s16le")
        return made

    return of


def convert(source, made, *options):
    """By ffmpeg, which is not the hub's own."""
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(source), *options, str(made)]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return made


@pytest.fixture(scope="session")
def sounds(tmp_path_factory):
    """Files that the fakes understand, by name."""
    folder = tmp_path_factory.mktemp("sounds")
    jdk = subprocess.run([stubs.ROOT / "parley", "jdk"], capture_output=True, check=True, text=True, timeout=60)
    jar, = (stubs.ROOT / "adapters/testkit/target").glob("parley-testkit-*.jar")
    files, options = {}, []
    for option, wanted in (("--talk", TALKS), ("--dialogue", DIALOGUES)):
        for name, content in wanted.items():
            files[name] = folder / f"{name}.wav"
            options += [option, content, str(files[name])]
    command = [f"{jdk.stdout.strip()}/bin/java", "-cp", str(jar), "dev.parley.testkit.SoundFilesMain", *options]
    subprocess.run(command, check=True, timeout=60, stdin=subprocess.DEVNULL)
    return files


@pytest.fixture(scope="session")
def node():
    """The folder of the installed Node package, with the script that uses it beside it."""
    folder = pathlib.Path(os.environ["INTEROP_TOOLS"]) / "node"
    shutil.copy(pathlib.Path(__file__).with_name("transcribe.mjs"), folder)
    return folder
