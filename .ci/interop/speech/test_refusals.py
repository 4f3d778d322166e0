"""What cannot be spoken is refused with the error that api.md has for it, in words that help."""

import pytest

WELL = {"model": "narrator", "voice": "af_heart", "input": "Hi."}


@pytest.mark.parametrize("change,status,code,param,words", [
    ({"input": ""}, 400, "invalid_value", "input", ""),
    ({"input": " \n"}, 400, "invalid_value", "input", ""),
    ({"input": None}, 400, "invalid_value", "input", ""),
    ({"input": "a " * (1 << 19)}, 413, "too_large", None, ""),
    ({"voice": "af_haert"}, 404, "voice_not_found", None, "af_heart"),
    ({"voice": {"id": "af_haert"}}, 404, "voice_not_found", None, "af_heart"),
    ({"voice": 7}, 400, "invalid_value", "voice", ""),
    ({"model": "narratr"}, 404, "model_not_found", "model", "narrator"),
    ({"response_format": "ogg"}, 400, "invalid_value", "response_format", "opus"),
    ({"stream_format": "raw"}, 400, "invalid_value", "stream_format", "sse"),
    ({"speed": 9}, 400, "invalid_value", "speed", "4"),
])
def test_refused(raw, change, status, code, param, words):
    answer = raw.post("/v1/audio/speech", json=WELL | change)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code), error
    assert param is None or error["param"] == param
    assert words in error["message"] and answer.headers["x-request-id"]


def test_a_model_that_does_not_speak_is_told_so(raw):
    # By itself: without being asked for one backend, an engine of the hub's own would stand in.
    answer = raw.post("/v1/audio/speech", json=WELL | {"model": "gpt-4o-mini"}, headers={"x-parley-backend": "openai"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "unsupported_value"), answer.text


def test_a_backend_that_fails_at_the_start_is_an_error(raw):
    answer = raw.post("/v1/audio/speech", json=WELL | {"input": "[[status 500]]"},
                      headers={"x-parley-backend": "speaches"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "upstream_error")


def test_blends_are_of_two_to_five_voices(raw):
    for shares in ([], [{"voice_id": "af_sky", "weight": 1}], [{"voice_id": "af_sky", "weight": 0}] * 2,
                   [{"voice_id": "af_sky", "weight": 1}] * 6):
        answer = raw.post("/tts/interpolate", json={"model": "kokoro", "text": "Hi.", "voices": shares})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_value")
        assert answer.json()["error"]["param"].startswith("voices")
