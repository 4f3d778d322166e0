"""The command lines that the gRPC suite calls with; generates stubs before the tests, which import them, are read."""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
import stubs

ROOT = pathlib.Path(__file__).resolve().parents[3]
TOOLS = pathlib.Path(os.environ["INTEROP_TOOLS"])


stubs.generate()


class Grpcurl:
    """README's command line."""

    def __init__(self, url):
        self.start = [str(TOOLS / "bin/grpcurl"), "-plaintext"]
        self.address = url.removeprefix("http://")

    def services(self):
        return run([*self.start, self.address, "list"])[0].split()

    def methods(self, service):
        return run([*self.start, self.address, "list", service])[0].split()

    def described(self, name):
        return run([*self.start, self.address, "describe", name])[0]

    def call(self, method, message, *headers):
        named = [part for header in headers for part in ("-H", header)]
        return run([*self.start, "-d", json.dumps(message), *named, self.address, method], check=False)


class BufCurl:
    """The same by another maker, in any of its protocols."""

    def __init__(self, url, protocol="grpc"):
        of_the_schema = ROOT / "proto/target/buf/node_modules/.bin/buf"
        buf = of_the_schema if of_the_schema.exists() else TOOLS / "buf/node_modules/.bin/buf"
        self.start = [str(buf), "curl", "--http2-prior-knowledge", "--protocol", protocol]
        self.url = url

    def services(self):
        return run([*self.start, "--list-services", self.url])[0].split()

    def call(self, method, message, *headers):
        named = [part for header in headers for part in ("-H", header)]
        return run([*self.start, "-d", json.dumps(message), *named, f"{self.url}/{method}"], check=False)


def run(command, check=True):
    environment = os.environ | {"HOME": os.environ["INTEROP_WORK"]}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL, env=environment)
    assert not check or done.returncode == 0, done.stderr
    return done.stdout, done.stderr, done.returncode


@pytest.fixture(params=["buf"] + (["grpcurl"] if shutil.which("go") else []))
def cli(request, url):
    return BufCurl(url) if request.param == "buf" else Grpcurl(url)
