"""Under load one hub is killed and replaced, then the other. What was promised to callers holds all the same."""

import collections
import concurrent.futures
import dataclasses
import json
import subprocess
import threading
import time
import uuid

import grpc
import httpx
import pytest
from conftest import ADMIN, ADMITTED, FLUSH_SECONDS, LIMITED, MODEL, TEAM
from front import ROOT
from parley.v1 import chat_pb2, chat_pb2_grpc, common_pb2, speech_pb2, voice_pb2, voice_pb2_grpc

# No call of this load takes longer by itself; one that does hangs.
CALL_SECONDS = 20
WORDS = 20
SHORT, STREAMS, GRPC = 8, 6, 4


# How long after the end of a call its row may be on its way to the ledger, besides what the configuration says.
LEDGER_SLACK_SECONDS = 1


@dataclasses.dataclass(frozen=True)
class Call:
    kind: str
    request_id: str
    began: float
    ended: float
    # Empty: as it should be. Otherwise how it failed.
    failure: str


class Load:
    """Callers who call again and again until they are told to stop, and remember what became of each call."""

    def __init__(self, cluster, trust):
        self.cluster, self.calls, self.stopped = cluster, [], threading.Event()
        self.trust, self.threads = trust, []

    def start(self):
        for count, one in ((SHORT, self.short), (STREAMS, self.stream), (GRPC, self.typed)):
            self.threads += [threading.Thread(target=self.again, args=(one,), daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(CALL_SECONDS + 5)
        assert not any(thread.is_alive() for thread in self.threads), "a call hangs"

    def again(self, one):
        url, headers = self.cluster.front.url, {"authorization": f"Bearer {TEAM}"}
        credentials = grpc.ssl_channel_credentials(self.cluster.front.ca.read_bytes())
        with httpx.Client(base_url=url, verify=self.trust, trust_env=False, timeout=CALL_SECONDS, headers=headers) as http, \
                grpc.secure_channel(url.removeprefix("https://"), credentials) as channel:
            while not self.stopped.is_set():
                mine, began = f"{one.__name__}-{uuid.uuid4()}", time.time()
                try:
                    failure = one(http, channel, mine)
                except Exception as error:  # whatever it is, it is no proper failure, and the caller goes on
                    failure = f"improper: {error!r}"
                self.calls.append(Call(one.__name__, mine, began, time.time(), failure))

    @staticmethod
    def short(http, _, mine):
        body = {"model": MODEL, "messages": [{"role": "user", "content": mine}]}
        try:
            answer = http.post("/v1/chat/completions", json=body, headers={"x-request-id": mine})
        except httpx.RemoteProtocolError as error:
            # A hub that dies between head and body has told the length of a body that never comes, which no client
            # takes for an answer, and nothing on the way can take the head back. Without a head Envoy has to answer.
            assert "without sending complete message body" in str(error), error
            return "incomplete"
        if answer.status_code == 200:
            assert answer.json()["choices"][0]["message"]["content"] == f"You said: {mine}"
            return ""
        error = answer.json()["error"]
        assert answer.headers["x-request-id"] == mine and (answer.status_code == 502 or "retry-after" in answer.headers)
        return f"{answer.status_code} {error['type']} {error['code']}"

    @staticmethod
    def stream(http, _, mine):
        body = {"model": MODEL, "stream": True,
                "messages": [{"role": "user", "content": f"[[slow]] [[words {WORDS}]] {mine}"}]}
        text = ""
        try:
            with http.stream("POST", "/v1/chat/completions", json=body, headers={"x-request-id": mine}) as answer:
                for piece in answer.iter_text():
                    text += piece
                if answer.status_code != 200:
                    error = json.loads(text)["error"]
                    return f"{answer.status_code} {error['type']} {error['code']}"
        except httpx.RemoteProtocolError:
            # An end that no client takes for an end.
            assert "[DONE]" not in text
            return "incomplete"
        return "" if "[DONE]" in text else "an end without [DONE]"

    @staticmethod
    def typed(_, channel, mine):
        asked = chat_pb2.CompleteRequest(model=MODEL, messages=[chat_pb2.Message(
            role="user", content=[chat_pb2.Content(text=f"[[slow]] [[words {WORDS}]] {mine}")])])
        metadata = (("authorization", f"Bearer {TEAM}"), ("x-request-id", mine))
        begun = finished = False
        try:
            for answer in chat_pb2_grpc.ChatServiceStub(channel).StreamComplete(
                    asked, timeout=CALL_SECONDS, metadata=metadata):
                begun, finished = True, finished or any(c.finish_reason for c in answer.choices)
        except grpc.RpcError as error:
            # A stream that had begun is reset, which gRPC calls INTERNAL; it has no other end without trailers.
            if begun and error.code() == grpc.StatusCode.INTERNAL and "RST_STREAM" in error.details():
                return "reset"
            return error.code().name
        return "" if finished else "an end without a reason"


def limited(cluster, trust, times):
    """How many of so many calls at once were admitted, over both hubs; the others are told properly."""
    def one(_):
        with httpx.Client(verify=trust, trust_env=False, timeout=CALL_SECONDS) as http:
            return http.post(f"{cluster.front.url}/v1/chat/completions", headers={"x-api-key": LIMITED},
                             json={"model": MODEL, "messages": [{"role": "user", "content": "hi"}]})
    with concurrent.futures.ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(one, range(times)))
    for answer in answers:
        assert answer.status_code in (200, 429), answer.text
        if answer.status_code == 429:
            assert answer.json()["error"]["code"] == "rate_limit_exceeded" and "retry-after" in answer.headers
    return sum(answer.status_code == 200 for answer in answers)


def make_voice(cluster, recording, name):
    """Made over gRPC on any hub; returned means acknowledged."""
    prompt = speech_pb2.VoicePrompt(audio=common_pb2.AudioSource(content=recording))
    credentials = grpc.ssl_channel_credentials(cluster.front.ca.read_bytes())
    with grpc.secure_channel(cluster.front.url.removeprefix("https://"), credentials) as channel:
        return voice_pb2_grpc.VoiceServiceStub(channel).CreateVoice(
            voice_pb2.CreateVoiceRequest(name=name, references=[prompt]),
            timeout=CALL_SECONDS, metadata=(("authorization", f"Bearer {TEAM}"),)).voice_id


def keys(cluster, *words):
    """`./parley keys`, on the database that the hubs share."""
    done = subprocess.run(
        [str(ROOT / "parley"), "keys", *words, "--config", str(cluster.config), "--data", str(cluster.data)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def status_with(hub, key):
    """What one hub says to a key, without Envoy."""
    headers = {"authorization": f"Bearer {key}"}
    return httpx.get(f"http://{hub.address}/v1/models", headers=headers, trust_env=False, timeout=10).status_code


@dataclasses.dataclass
class Told:
    """What became of it all."""

    calls: list
    # Hub by address, and when it was killed.
    kills: list
    log: dict
    voices: list
    # Secret by name.
    keys: dict
    admitted: list


@pytest.fixture(scope="module")
def told(cluster, trust, recording):
    load, kills, voices, made, admitted = Load(cluster, trust), [], [], {}, []
    load.start()
    try:
        for number, hub in enumerate(cluster.hubs):
            time.sleep(3)
            voices.append(make_voice(cluster, recording, f"kept-{uuid.uuid4()}"))
            made[f"kept-{number}"] = keys(cluster, "create", f"kept-{number}", "--quiet")
            admitted.append(limited(cluster, trust, 20))
            kills.append((hub.address, hub.kill()))
            # The other one serves alone for a while.
            time.sleep(1.5)
            hub.start()
            hub.await_ready()
            cluster.front.await_healthy(len(cluster.hubs))
        time.sleep(2)
        admitted.append(limited(cluster, trust, 60))
    finally:
        load.stop()
    log, end = {}, time.monotonic() + 10
    while not log.keys() >= {call.request_id for call in load.calls}:
        assert time.monotonic() < end, "calls that Envoy's log does not have"
        time.sleep(0.2)
        log = {call["request_id"]: call for call in cluster.front.calls()}
    return Told(load.calls, kills, log, voices, made, admitted)


def test_only_calls_in_flight_on_the_dead_hub_fail(told):
    failed = [call for call in told.calls if call.failure]
    assert len(told.calls) > 200, "hardly a load"
    # Both kills met calls, or this shows nothing.
    for address, killed in told.kills:
        met = [c for c in failed if told.log[c.request_id]["hub"] == address and c.began < killed < c.ended + 0.5]
        assert met, f"no call was in flight on {address}: " + str(collections.Counter(c.failure for c in failed))
    for call in failed:
        assert any(told.log[call.request_id]["hub"] == address and call.began < killed < call.ended + 0.5
                   for address, killed in told.kills), (call, told.log[call.request_id], told.kills)


def test_calls_that_fail_fail_with_a_proper_error(told):
    for call in told.calls:
        if call.kind == "short":
            assert call.failure in (
                "", "incomplete", "503 server_error overloaded", "502 server_error upstream_error"), call
        elif call.kind == "stream":
            assert call.failure in ("", "incomplete", "503 server_error overloaded"), call
        else:
            assert call.failure in ("", "reset", "UNAVAILABLE"), call


def test_a_failure_is_told_at_once(told):
    for call in told.calls:
        killed = [at for _, at in told.kills if call.began < at < call.ended]
        if call.failure and killed:
            assert call.ended - killed[0] < 3, call


def test_no_voice_is_lost(told, raw):
    for voice in told.voices:
        assert raw.get(f"/voices/{voice}").status_code == 200
        assert raw.delete(f"/voices/{voice}").status_code == 200


def test_no_key_is_lost_and_a_revoked_one_is_none_anywhere(told, cluster):
    for secret in told.keys.values():
        assert [status_with(hub, secret) for hub in cluster.hubs] == [200, 200]
    name, secret = next(iter(told.keys.items()))
    keys(cluster, "revoke", name)
    end = time.monotonic() + 3  # one second, and what a busy machine adds
    while [status_with(hub, secret) for hub in cluster.hubs] != [401, 401]:
        assert time.monotonic() < end, "a revoked key is still taken"
        time.sleep(0.1)


def test_no_acknowledged_row_of_the_ledger_is_lost(told, cluster):
    """All calls that ended well are there, once, but those that a hub took with it before the interval was over."""
    def may_be_lost(call):
        return any(told.log[call.request_id]["hub"] == address
                   and 0 <= killed - call.ended <= FLUSH_SECONDS + LEDGER_SLACK_SECONDS for address, killed in told.kills)

    sure = {call.request_id for call in told.calls if not call.failure and not may_be_lost(call)}
    assert len(sure) > 100
    end = time.monotonic() + 10
    while True:
        rows = collections.Counter(cluster.postgres.ask("SELECT request_id FROM usage_rows WHERE key_name = 'team'"))
        if rows.keys() >= sure:
            break
        assert time.monotonic() < end, f"{len(sure - rows.keys())} of {len(sure)} rows are not there"
        time.sleep(0.2)
    assert set(rows.values()) == {1}


def test_the_administration_tells_the_use_of_all_hubs_together(told, url, trust):
    with httpx.Client(base_url=url, verify=trust, trust_env=False, timeout=30) as http:
        answer = http.get("/api/admin/usage?group_by=key", headers={"authorization": f"Bearer {ADMIN}"})
        assert answer.status_code == 200 and "team" in answer.text
        assert http.get("/api/admin/usage", headers={"authorization": f"Bearer {TEAM}"}).status_code == 403
        assert http.get("/api/admin/usage").status_code == 401


def test_limits_stay_those_of_all_hubs_together(told):
    assert told.admitted == [20, 20, ADMITTED - 40]
