"""What every suite needs: where the hub is, clients, and what the fakes saw."""

import json
import os
import time

import httpx
import openai
import pytest

CHAT_MODELS = [
    "gpt-4o-mini",
    "Qwen/Qwen3-8B",
    "llama-chat",
    "openai/gpt-4o",
    "qwen3:8b",
    "Qwen/Qwen3-Omni-30B-A3B-Instruct",
]
OMNI = "Qwen/Qwen3-Omni-30B-A3B-Instruct"
EMBEDDING_MODELS = ["text-embedding-3-small", "mxbai-embed-large", "qwen3:8b", "BAAI/bge-m3"]


def user(text):
    return [{"role": "user", "content": text}]


class Fake:
    """One fake backend, as another process may look at it."""

    def __init__(self, base_url):
        self.journal_url = "/".join(base_url.split("/")[:3]) + "/_fake/journal"

    def journal(self):
        return httpx.get(self.journal_url, trust_env=False).json()["requests"]

    def cancelled(self):
        return sum(request["cancelled"] for request in self.journal())

    def wait_for(self, reached, seconds=5.0):
        """Polls until reached(journal) holds; says how long that took, at most, in seconds."""
        began = time.monotonic()
        while not reached(self.journal()):
            assert time.monotonic() - began < seconds, f"not within {seconds} s: {self.journal()[-3:]}"
        return time.monotonic() - began

    def wait_cancelled(self, count):
        return self.wait_for(lambda requests: sum(r["cancelled"] for r in requests) >= count)


@pytest.fixture(scope="session")
def url():
    return os.environ["PARLEY_URL"]


@pytest.fixture(scope="session")
def fakes():
    with open(os.environ["PARLEY_FAKES"]) as file:
        return {kind: Fake(base) for kind, base in json.load(file).items()}


@pytest.fixture(scope="session")
def client(url):
    with openai.OpenAI(base_url=url + "/v1", api_key="sk-of-the-caller", max_retries=0, timeout=30) as made:
        yield made


@pytest.fixture(scope="session")
def raw(url):
    with httpx.Client(base_url=url, trust_env=False, timeout=30) as made:
        yield made


def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    count = lambda *names: sum(len(reporter.stats.get(name, [])) for name in names)
    with open(os.environ["INTEROP_TALLY"], "a") as tally:
        print(count("passed"), count("failed", "error", "skipped", "xfailed", "xpassed"), file=tally)
