"""The shipped Envoy configurations, first checked, then run on free ports in front of the hub under test."""

import contextlib
import os
import pathlib
import re
import subprocess
import sys
import time

import httpx
import openai
import pytest
import stubs

stubs.generate()
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from front import ENVOY, ROOT, free_port, replaced  # noqa: E402

DESCRIPTORS = ROOT / "proto/target/classes/META-INF/armeria/grpc/parley.dsc"


@contextlib.contextmanager
def running(name, text):
    """An Envoy with a configuration whose listener is on PORT; gives its address once the hub answers through it."""
    port = free_port()
    work = pathlib.Path(os.environ["INTEROP_WORK"])
    config, log_file = work / f"{name}.yaml", work / f"{name}.log"
    config.write_text(replaced(text, "PORT", str(port), 1))
    command = [str(ENVOY), "-c", str(config), "--disable-hot-restart", "--concurrency", "1", "-l", "warning"]
    with open(log_file, "w") as log, subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                assert process.poll() is None, log_file.read_text()
                try:
                    if httpx.get(address + "/readyz", trust_env=False).status_code == 200:
                        break
                except httpx.HTTPError:
                    pass
                time.sleep(0.1)
            else:
                pytest.fail("Envoy does not reach the hub: " + log_file.read_text())
            yield address
        finally:
            process.terminate()


def shipped(name, url, listens):
    """A shipped configuration, before the hub under test."""
    hub_port = re.search(r":(\d+)$", url).group(1)
    text = replaced((ROOT / "envoy" / name).read_text(), "port_value: 8080", f"port_value: {hub_port}", 1)
    return replaced(text, f"port_value: {listens}", "port_value: PORT", 1)


@pytest.fixture(scope="session")
def envoy(url):
    """The address of a running Envoy."""
    with running("envoy", shipped("envoy.yaml", url, 10000)) as address:
        yield address


@pytest.fixture(scope="session")
def transcoding(url):
    """The address of an Envoy that makes gRPC of JSON."""
    text = shipped("transcoding.yaml", url, 10002)
    with running("transcoding", replaced(text, "/etc/envoy/parley.dsc", str(DESCRIPTORS), 1)) as address:
        yield address


@pytest.fixture(scope="session")
def through(envoy):
    with openai.OpenAI(base_url=envoy + "/v1", api_key="k", max_retries=0, timeout=30) as made:
        yield made
