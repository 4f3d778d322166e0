"""The shipped Envoy configuration, first checked, then run on free ports in front of the hub under test."""

import os
import pathlib
import re
import socket
import subprocess
import sys
import time

import httpx
import openai
import pytest
import stubs

stubs.generate()
ROOT = pathlib.Path(__file__).resolve().parents[3]
ENVOY = pathlib.Path(sys.executable).parent / "envoy"
LISTENS, HUB = "port_value: 10000", "port_value: 8080"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture(scope="session")
def envoy(url):
    """The address of a running Envoy."""
    text = (ROOT / "envoy/envoy.yaml").read_text()
    assert text.count(LISTENS) == 1 and text.count(HUB) == 1
    port, hub_port = free_port(), re.search(r":(\d+)$", url).group(1)
    work = pathlib.Path(os.environ["INTEROP_WORK"])
    config = work / "envoy.yaml"
    config.write_text(text.replace(LISTENS, f"port_value: {port}").replace(HUB, f"port_value: {hub_port}"))
    command = [str(ENVOY), "-c", str(config), "--disable-hot-restart", "--concurrency", "1", "-l", "warning"]
    with open(work / "envoy.log", "w") as log, subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                assert process.poll() is None, (work / "envoy.log").read_text()
                try:
                    if httpx.get(address + "/readyz", trust_env=False).status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                time.sleep(0.1)
            else:
                pytest.fail("Envoy does not reach the hub: " + (work / "envoy.log").read_text())
            yield address
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def through(envoy):
    with openai.OpenAI(base_url=envoy + "/v1", api_key="k", max_retries=0, timeout=30) as made:
        yield made
