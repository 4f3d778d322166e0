"""README's examples as they stand, but for the address and the model."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOOLS = pathlib.Path(os.environ["INTEROP_TOOLS"])
LANGUAGES = {"curl": ("bash", "sh", "shell"), "grpcurl": ("bash", "sh", "shell"), "python": ("python", "py"),
             "node": ("js", "javascript", "mjs", "ts", "typescript")}


def example(name):
    """The first block of the language; for the two commands, the part from the command to the end of its lines."""
    blocks = re.findall(r"^```(\w+)[^\n]*\n(.*?)^```", (ROOT / "README.md").read_text(), re.S | re.M)
    for language, block in blocks:
        if language not in LANGUAGES[name]:
            continue
        if name in ("curl", "grpcurl"):
            found = re.search(rf"^{name}\b.*?(?<!\\)$(?=\n\S|\n*\Z|\n\n)", block, re.S | re.M)
            if found:
                return found.group()
        elif "openai" in block.lower():
            return block
    pytest.fail(f"README.md has no example for {name}")


def here(code, url):
    address = url.removeprefix("http://")
    code = re.sub(r"(?:localhost|127\.0\.0\.1):\d+", address, code)
    code = re.sub(r"""(["']?model["']?\s*[:=]\s*)(["'])[^"']+\2""", r"\1\2assistant\2", code)
    return re.sub(r"plaintext (\S*):\d+", f"plaintext {address}", code)


def run(command, **more):
    environment = os.environ | {"PATH": f"{TOOLS / 'bin'}:{os.environ['PATH']}", "OPENAI_API_KEY": "any"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, env=environment, **more)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    assert done.stdout.strip(), "the example says nothing"
    return done.stdout


def test_curl(url):
    answer = run(["bash", "-c", here(example("curl"), url)])
    assert "error" not in answer.lower() and "You said" in answer


if shutil.which("go"):  # which grpcurl is built with; see ../run

    def test_grpcurl(url):
        answer = run(["bash", "-c", here(example("grpcurl"), url)])
        assert "You said" in answer or '"models"' in answer


def test_python(url, tmp_path):
    (tmp_path / "example.py").write_text(here(example("python"), url))
    assert "said" in run([sys.executable, str(tmp_path / "example.py")])


def test_node(url):
    # Beside the installed package, which it imports.
    script = TOOLS / "node" / "readme-example.mjs"
    script.write_text(here(example("node"), url))
    assert "said" in run(["node", str(script)])


def section(title):
    """The blocks of a section, as (language, code)."""
    text = (ROOT / "README.md").read_text().split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^```(\w+)[^\n]*\n(.*?)^```", text, re.S | re.M)


def at(code, url):
    return re.sub(r"127\.0\.0\.1:\d+", url.removeprefix("http://"), code)


def plays(file):
    """Whether ffmpeg reads it without a complaint and finds at least half a second."""
    done = subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-i", str(file), "-f", "s16le", "-ar", "8000", "-"],
                          capture_output=True, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr
    assert len(done.stdout) > 8_000 and any(done.stdout)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder to work in, with a player that keeps what it was to play."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "bin").mkdir()
    (folder / "bin/ffplay").write_text("#!/bin/sh\nexec cat >played\n")
    (folder / "bin/ffplay").chmod(0o755)
    return folder


def paste(block, desk, url):
    path = f"{desk / 'bin'}:{TOOLS / 'bin'}:{os.environ['PATH']}"
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", at(block, url)], cwd=desk, capture_output=True, text=True,
                          timeout=60, stdin=subprocess.DEVNULL, env=os.environ | {"PATH": path})
    assert done.returncode == 0, f"{block}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_speech(url, desk):
    (first, curl), (second, python), (third, grpcurl) = section("Speech")
    assert (first, second, third) == ("sh", "python", "sh")
    paste(curl, desk, url)
    plays(desk / "talk.wav")
    plays(desk / "played")
    (desk / "speech.py").write_text(at(python, url))
    subprocess.run([sys.executable, "speech.py"], cwd=desk, check=True, timeout=60, stdin=subprocess.DEVNULL)
    plays(desk / "hello.mp3")
    if shutil.which("go"):
        said = paste(grpcurl, desk, url)
        assert said.count("REASON_COMPLETED") == 3 and '"segment": 1' in said


def test_sound_and_voices(url, desk):
    # With the sound that the speech examples left, and another one of the same speaker.
    shutil.copy(desk / "talk.wav", desk / "more.wav")
    upload, after = section("Sound")[0][1], section("Sound")[1][1]
    assert '"segments":[{' in paste(upload, desk, url)
    plays(desk / "talk.mp3")
    assert "media/" in paste(after.splitlines()[0], desk, url)
    said = paste(section("Voices")[0][1], desk, url)
    assert '"name":"Anna"' in said and '"status":"deleted"' in said
