"""Writes the configuration of the hub under test:

    hub_config.py FAKES_JSON RECORDER_PORT CLOSED_PORT [RECOGNISER_PORT] > hub.yaml
"""

import json
import sys

# Every kind of backend, with the models that the suites name. A model is (id, capabilities, inputs, outputs).
BACKENDS = {
    "openai": [
        ("gpt-4o-mini", "chat", "text, image", "text"),
        ("gpt-4o-audio-preview", "chat", "text, audio", "text, audio"),
        ("gpt-3.5-turbo-instruct", "completion", "text", "text"),
        ("text-embedding-3-small", "embedding", "text", ""),
        ("gpt-4o-mini-tts", "tts", "text", "audio"),
        ("tts-1", "tts", "text", "audio"),
        ("whisper-1", "stt", "audio", "text"),
        ("gpt-4o-transcribe", "stt", "audio", "text"),
        ("gpt-4o-transcribe-diarize", "stt", "audio", "text"),
    ],
    "vllm": [("Qwen/Qwen3-8B", "chat, completion", "text", "text")],
    "vllm-omni": [("Qwen/Qwen3-Omni-30B-A3B-Instruct", "chat, stt", "text, audio, image, video", "text, audio")],
    "llama-server": [
        ("llama-chat", "chat", "text", "text"),
        ("mxbai-embed-large", "embedding", "text", ""),
    ],
    "openrouter": [("openai/gpt-4o", "chat", "text, image, audio", "text")],
    "ollama": [("qwen3:8b", "chat, embedding, stt", "text, image, audio", "text")],
    "tei": [("BAAI/bge-m3", "embedding", "text", "")],
    "speaches": [
        ("speaches-ai/Kokoro-82M-v1.0-ONNX", "tts", "text", "audio"),
        ("Systran/faster-whisper-small", "stt", "audio", "text"),
    ],
    "kokoro": [("kokoro", "tts", "text", "audio")],
    "chatterbox": [("chatterbox-turbo", "tts, voice_clone", "text", "audio")],
    "voicebox-provider": [("Qwen3-TTS", "tts", "text", "audio")],
    "faster-whisper": [("large-v3-turbo", "stt", "audio", "text")],
    "whisper-cpp": [("whisper-cpp", "stt", "audio", "text")],
    "pyannote": [
        ("pyannote/speaker-diarization-3.1", "diarization", "audio", ""),
        ("pyannote/embedding", "speaker_verification", "audio", ""),
    ],
}


def backend(name, kind, url, models, *more):
    lines = [f"  - id: {name}", f"    type: {kind}", f'    base_url: "{url}"', *(f"    {line}" for line in more), "    models:"]
    for model, capabilities, inputs, outputs in models:
        given = f", output_modalities: [{outputs}]" if outputs else ""
        lines.append(f'      - {{ id: "{model}", capabilities: [{capabilities}], input_modalities: [{inputs}]{given} }}')
    return lines


def main():
    fakes = json.load(open(sys.argv[1]))
    recorder, closed, *recogniser = sys.argv[2:5]
    # A short heartbeat, so that a test sees one; a small limit, so that a test may pass it.
    lines = ["server: { host: 127.0.0.1, heartbeat: 1s, request_bytes_max: 4MiB }", "backends:"]
    for kind, models in BACKENDS.items():
        # Some of the pictures and films that the suites send are URLs.
        lines += backend(kind, kind, fakes[kind], models, *(["media_urls: true"] if kind in ("openai", "vllm-omni") else []))
    text = ("chat", "text", "text")
    lines += backend("impatient", "llama-server", fakes["llama-server"], [("impatient-model", *text)],
                     # Shorter than the heartbeat, so that even a stream can still be answered with a status.
                     "timeouts: { connect: 1s, first_byte: 600ms, idle: 600ms, total: 20s }")
    lines += backend("recorder", "openai", f"http://127.0.0.1:{recorder}/v1", [("recorder", *text)],
                     "auth: { scheme: bearer, token: recorder-secret }",
                     # Called once, so that its refusals reach the SDKs, whose own patience is tested.
                     "retry: { tries: 1, tries_alone: 1 }")
    lines += backend("closed", "openai", f"http://127.0.0.1:{closed}/v1", [("nobody-home", *text)])
    # Its provider does not say its rate, and one call at a time lets a test see what waits for what.
    slow = fakes["openrouter-slow"]
    lines += [
        "  - id: openrouter-slow",
        "    type: openrouter",
        f'    base_url: "{slow}"',
        "    limits: { concurrency: 1 }",
        "    models: [ { id: slow/voice, capabilities: [tts], sample_rate_hz: 24000 } ]",
    ]
    stt = ("stt", "audio", "text")
    lines += backend("vllm-whisper", "vllm", fakes["vllm-whisper"], [("openai/whisper-large-v3", *stt)])
    for port in recogniser:
        lines += backend("pocketsphinx", "faster-whisper", f"http://127.0.0.1:{port}", [("pocketsphinx", *stt)])
    lines += [
        "models:",
        "  - id: assistant",
        "    targets: [ { backend: vllm, model: Qwen/Qwen3-8B } ]",
        "  - id: narrator",
        "    targets:",
        "      - { backend: speaches, model: speaches-ai/Kokoro-82M-v1.0-ONNX }",
        "      - { backend: kokoro, model: kokoro }",
        "defaults:",
        "  chat: assistant",
        "  embedding: BAAI/bge-m3",
    ]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
