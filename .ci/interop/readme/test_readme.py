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
