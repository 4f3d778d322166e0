"""A caller who leaves frees the backend, in whatever phase; many callers do not disturb each other."""

import asyncio
import threading
import time

import openai
import pytest
from conftest import user

SLOW = "[[slow]] [[words 400]]"
ROUNDS = 8
# A busy machine and the polling of the journal only ever add to what is measured, so the least of the rounds counts.
LIMIT_SECONDS = 0.1


def leaving_times(fake, leave):
    """How long the fake took, each time, to see that its caller had gone; polling included."""
    times = []
    for _ in range(ROUNDS):
        before = fake.cancelled()
        leave()
        times.append(fake.wait_cancelled(before + 1))
    return times


@pytest.mark.parametrize(
    "model, kind",
    [("gpt-4o-mini", "openai"), ("Qwen/Qwen3-8B", "vllm"), ("qwen3:8b", "ollama"),
     ("Qwen/Qwen3-Omni-30B-A3B-Instruct", "vllm-omni")],
)
def test_closed_stream(client, fakes, model, kind):
    def leave():
        with client.chat.completions.create(model=model, messages=user(SLOW), stream=True) as stream:
            for count, _ in enumerate(stream):
                if count == 3:
                    break

    times = leaving_times(fakes[kind], leave)
    assert min(times) < LIMIT_SECONDS, times


def arrived(fake, before):
    fake.wait_for(lambda requests: len([r for r in requests if r["method"] == "POST"]) > before)


@pytest.mark.parametrize("stream", [False, True])
def test_left_while_waiting_for_headers(url, fakes, stream):
    fake = fakes["vllm"]

    async def leave():
        async with openai.AsyncOpenAI(base_url=url + "/v1", api_key="k", max_retries=0) as client:
            before = len([r for r in fake.journal() if r["method"] == "POST"])
            call = asyncio.create_task(
                client.chat.completions.create(model="Qwen/Qwen3-8B", messages=user("[[hang]]"), stream=stream))
            await asyncio.to_thread(arrived, fake, before)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

    times = leaving_times(fake, lambda: asyncio.run(leave()))
    assert min(times) < LIMIT_SECONDS, times


def test_timeout_of_the_sdk(client, fakes):
    before = fakes["vllm"].cancelled()
    with pytest.raises(openai.APITimeoutError):
        client.chat.completions.create(model="Qwen/Qwen3-8B", messages=user("[[hang]]"), timeout=0.3)
    fakes["vllm"].wait_cancelled(before + 1)


def test_fifty_calls_at_once(url):
    async def one(client, i):
        if i % 2:
            answer = await client.chat.completions.create(model="Qwen/Qwen3-8B", messages=user(f"call {i}"))
            return answer.choices[0].message.content
        stream = await client.chat.completions.create(
            model="gpt-4o-mini", messages=user(f"call {i} [[words 20]]"), stream=True)
        return "".join([c.choices[0].delta.content or "" async for c in stream if c.choices])

    async def all_of_them():
        async with openai.AsyncOpenAI(base_url=url + "/v1", api_key="k", max_retries=0) as client:
            return await asyncio.gather(*(one(client, i) for i in range(50)))

    words = " " + " ".join(f"word{n}" for n in range(1, 21))
    expected = [f"You said: call {i}" + ("" if i % 2 else words) for i in range(50)]
    assert asyncio.run(all_of_them()) == expected


def test_fifty_streams_left_at_once(client, fakes):
    fake = fakes["vllm"]
    before = fake.cancelled()
    ready = threading.Barrier(51)

    def leave():
        with client.chat.completions.create(model="Qwen/Qwen3-8B", messages=user(SLOW), stream=True) as stream:
            next(iter(stream))
            ready.wait(20)

    threads = [threading.Thread(target=leave) for _ in range(50)]
    for thread in threads:
        thread.start()
    ready.wait(20)
    began = time.monotonic()
    for thread in threads:
        thread.join()
    fake.wait_cancelled(before + 50)
    assert time.monotonic() - began < 5
    answer = client.chat.completions.create(model="Qwen/Qwen3-8B", messages=user("still there?"))
    assert answer.choices[0].message.content == "You said: still there?"
