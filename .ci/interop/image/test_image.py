"""The image of the hub: made twice without an engine that runs containers, looked at, and run from its layers."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tarfile
import time

import httpx
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
TARGET = ROOT / "hub/server/target"
HUB = """
server: {{ host: 127.0.0.1, port: {port} }}
backends:
  - {{ id: away, type: vllm, base_url: "http://127.0.0.1:9/v1", models: [ {{ id: m, capabilities: [chat] }} ] }}
"""
# Root without a container: mounts of its own, of which only the two volumes can be written to.
INSIDE = """
set -e
mount --bind "$1" "$1"
mount -t proc none "$1/proc"
mount --bind /dev "$1/dev"
mount -t tmpfs -o mode=1777 none "$1/tmp"
mount -t tmpfs -o mode=777 none "$1/var/lib/parley"
mount -o remount,ro,bind "$1"
! touch "$1/etc/x" 2>/dev/null
where=$1; shift
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin JAVA_HOME=/opt/java LANG=C.UTF-8 chroot --userspec=65532:65532 "$where" "$@"
"""


def build():
    """An image from nothing, neither layers nor the base of an earlier run: its layers' names, which are their hashes, and
    what it says of itself."""
    shutil.rmtree(TARGET / "jib-cache", ignore_errors=True)
    (TARGET / "image-base.tar").unlink(missing_ok=True)
    process = subprocess.Popen([str(ROOT / "parley"), "image"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        # With Maven, which it waits for.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        raise
    assert process.returncode == 0, said
    with tarfile.open(TARGET / "parley-image.tar") as tar:
        return tar.getnames(), tar.extractfile("config.json").read().decode()


@pytest.fixture(scope="module")
def image():
    return build()


@pytest.fixture(scope="module")
def said(image):
    return json.loads(image[1])


def test_the_same_sources_give_the_same_bytes(image):
    assert build() == image


def test_the_image_says_who_runs_what(said):
    config = said["config"]
    assert config["User"] == "65532:65532" and config["Cmd"][0] == "up" and "8080/tcp" in config["ExposedPorts"]
    assert config["Entrypoint"][0] == "java" and config["Entrypoint"][-1] == "dev.parley.hub.app.Main"
    # Java's options are those of the launcher.
    launcher = (ROOT / "parley").read_text()
    for option in ("-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxDirectMemorySize=128m"):
        assert option in config["Entrypoint"] and option in launcher


def test_a_hub_runs_from_the_layers_without_rights_on_a_root_that_is_read_only(said, tmp_path):
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    root = tmp_path / "root"
    with tarfile.open(TARGET / "parley-image.tar") as tar:
        for layer in json.load(tar.extractfile("manifest.json"))[0]["Layers"]:
            with tarfile.open(fileobj=tar.extractfile(layer)) as files:
                files.extractall(root, filter="tar")
    root.chmod(0o755)
    for folder in ("proc", "dev", "etc/parley"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    (root / "etc/parley/hub.yaml").write_text(HUB.format(port=port))
    java, *rest = said["config"]["Entrypoint"] + said["config"]["Cmd"]
    command = [*become, "unshare", "-m", "bash", "-c", INSIDE, "bash", str(root), f"/opt/java/bin/{java}", *rest]
    with open(tmp_path / "log", "w") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 90
        while True:
            assert process.poll() is None and time.monotonic() < end, (tmp_path / "log").read_text()
            try:
                if httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.2)
        if not become:
            status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            assert "Uid:\t65532\t65532\t65532\t65532" in status and "CapEff:\t0000000000000000" in status
        answer = httpx.post(f"http://127.0.0.1:{port}/v1/audio/speech", trust_env=False, timeout=30,
                            json={"model": "freetts", "input": "It runs.", "voice": "kevin16", "response_format": "wav"})
        assert answer.status_code == 200 and answer.content[:4] == b"RIFF", answer.text
    finally:
        process.terminate()
        try:
            assert process.wait(30) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
            raise
