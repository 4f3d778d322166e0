"""Two hubs that share PostgreSQL, Redis and a folder of data, behind Envoy; and callers that trust its certificate."""

import json
import os
import pathlib
import ssl
import subprocess
import sys

import grpc
import httpx
import openai
import pytest
import stubs

stubs.generate()
sys.path[:0] = [str(pathlib.Path(__file__).parent), str(pathlib.Path(__file__).parent.parent)]

from front import Front  # noqa: E402
from servers import DATABASE_PASSWORD, DATABASE_USER, Hub, Postgres, Redis  # noqa: E402

MODEL, CLONING, WRITER = "Qwen/Qwen3-8B", "chatterbox-turbo", "large-v3-turbo"
TEAM, ADMIN, LIMITED = "sk-team-of-this-run", "sk-admin-of-this-run", "sk-limited-of-this-run"
ADMITTED = 60
FLUSH_SECONDS = 0.1


def configuration(fakes, postgres, redis):
    return f"""
server: {{ host: 127.0.0.1, heartbeat: 1s, drain_timeout: 5s }}
database:
  url: jdbc:postgresql://127.0.0.1:{postgres.port}/postgres
  user: {DATABASE_USER}
  password: {DATABASE_PASSWORD}
access:
  trusted_proxies: [127.0.0.1]
  keys:
    - {{ name: team, key: {TEAM} }}
    - {{ name: admin, key: {ADMIN}, role: admin }}
    - {{ name: limited, key: {LIMITED}, limits: {{ requests: {ADMITTED}/1d }} }}
limits: {{ store: redis, redis: {{ url: "redis://127.0.0.1:{redis.port}" }} }}
usage: {{ flush: {int(FLUSH_SECONDS * 1000)}ms }}
backends:
  - id: vllm
    type: vllm
    base_url: "{fakes["vllm"]}"
    models: [ {{ id: "{MODEL}", capabilities: [chat], input_modalities: [text], output_modalities: [text] }} ]
  - id: chatterbox
    type: chatterbox
    base_url: "{fakes["chatterbox"]}"
    models: [ {{ id: {CLONING}, capabilities: [tts, voice_clone] }} ]
  - id: writer
    type: faster-whisper
    base_url: "{fakes["faster-whisper"]}"
    models: [ {{ id: {WRITER}, capabilities: [stt], input_modalities: [audio], output_modalities: [text] }} ]
"""


class Cluster:
    def __init__(self, work, fakes):
        self.postgres, self.redis = Postgres(), Redis(work)
        config = work / "cluster.yaml"
        self.config, self.fakes, self.data = config, fakes, work / "cluster-data"
        self.hubs = [Hub(name, work, config, self.data) for name in "ab"]
        self.front = Front(work / "front", [hub.port for hub in self.hubs])

    def start(self):
        self.postgres.start()
        self.redis.start()
        self.config.write_text(configuration(self.fakes, self.postgres, self.redis))
        for hub in self.hubs:
            hub.start()
        for hub in self.hubs:
            hub.await_ready()
        self.front.start()
        self.front.await_healthy(len(self.hubs))

    def stop(self):
        for part in (self.front, *self.hubs, self.redis, self.postgres):
            part.stop()


@pytest.fixture(scope="session")
def cluster():
    with open(os.environ["PARLEY_FAKES"]) as file:
        fakes = json.load(file)
    made = Cluster(pathlib.Path(os.environ["INTEROP_WORK"]), fakes)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def url(cluster):
    return cluster.front.url


@pytest.fixture(scope="session")
def trust(cluster):
    return ssl.create_default_context(cafile=str(cluster.front.ca))


@pytest.fixture
def raw(url, trust):
    """Whoever has the team's key."""
    with httpx.Client(
        base_url=url, verify=trust, trust_env=False, timeout=30, headers={"authorization": f"Bearer {TEAM}"}
    ) as made:
        yield made


@pytest.fixture
def client(url, trust):
    with openai.OpenAI(
        base_url=url + "/v1", api_key=TEAM, max_retries=0, timeout=30,
        http_client=httpx.Client(verify=trust, trust_env=False)
    ) as made:
        yield made


@pytest.fixture
def channel(cluster):
    credentials = grpc.ssl_channel_credentials(cluster.front.ca.read_bytes())
    with grpc.secure_channel(cluster.front.url.removeprefix("https://"), credentials) as made:
        yield made


@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    file = tmp_path_factory.mktemp("recording") / "spoken.wav"
    said = "Somebody speaks here, for some seconds, about nothing in particular, and it ends before anybody is bored."
    subprocess.run(["espeak-ng", "-w", str(file), said], check=True, timeout=60, stdin=subprocess.DEVNULL)
    return file.read_bytes()
