"""Python stubs from the descriptor set that the build leaves for other languages."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DESCRIPTORS = ROOT / "proto/target/classes/META-INF/armeria/grpc/parley.dsc"
FILES = ["parley/v1/audio.proto", "parley/v1/chat.proto", "parley/v1/common.proto", "parley/v1/model.proto",
         "parley/v1/speech.proto", "parley/v1/voice.proto", "buf/validate/validate.proto"]


def generate():
    """Makes the stubs, once for all suites, and lets them be imported."""
    out = pathlib.Path(os.environ["INTEROP_WORK"]) / "stubs"
    if not out.exists():
        out.mkdir()
        subprocess.run(
            [sys.executable, "-m", "grpc_tools.protoc", f"--descriptor_set_in={DESCRIPTORS}", f"--python_out={out}",
             f"--grpc_python_out={out}", *FILES],
            check=True, stdin=subprocess.DEVNULL)
    sys.path.insert(0, str(out))
