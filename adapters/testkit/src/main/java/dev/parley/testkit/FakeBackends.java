package dev.parley.testkit;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.chatterbox.FakeChatterbox;
import dev.parley.testkit.ollama.FakeOllama;
import dev.parley.testkit.openai.FakeKokoro;
import dev.parley.testkit.openai.FakeLlamaServer;
import dev.parley.testkit.openai.FakeOpenAi;
import dev.parley.testkit.openai.FakeOpenRouter;
import dev.parley.testkit.openai.FakeSpeaches;
import dev.parley.testkit.openai.FakeVllm;
import dev.parley.testkit.openai.FakeVllmOmni;
import dev.parley.testkit.pyannote.FakePyannote;
import dev.parley.testkit.tei.FakeTei;
import dev.parley.testkit.voicebox.FakeVoiceProvider;
import dev.parley.testkit.voicebox.FakeVoicebox;
import dev.parley.testkit.whisper.FakeFasterWhisper;
import dev.parley.testkit.whisper.FakeWhisperCpp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One fake of every kind, by the kind's name, with what a hub's configuration has to say about it.
 */
public final class FakeBackends implements AutoCloseable {
  private static final Duration SLOW_PER_CHARACTER = Duration.ofMillis(20);

  /** A model as the configuration names it. */
  record Model(String id, String capability, List<String> inputs, List<String> outputs) {
    static Model chat(String id, String... inputs) {
      return new Model(id, "chat", List.of(inputs), List.of("text"));
    }

    static Model embeddings(String id) {
      return new Model(id, "embeddings", List.of("text"), List.of());
    }

    static Model voice(String id) {
      return new Model(id, "tts", List.of("text"), List.of("audio"));
    }

    /** The same, which writes down speech too; what it takes and gives is listed already. */
    Model hearing() {
      return new Model(id, capability + ", stt", inputs, outputs);
    }

    static Model stt(String id) {
      return new Model(id, "stt", List.of("audio"), List.of("text"));
    }

    static Model speakers(String id, String capability) {
      return new Model(id, capability, List.of("audio"), List.of());
    }

    static Model speaking(String id, String... inputs) {
      return new Model(id, "chat", List.of(inputs), List.of("text", "audio"));
    }
  }

  private final Map<String, FakeBackend> fakes = new LinkedHashMap<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, List<Model>> models = new LinkedHashMap<>();

  /** Makes the fakes; nothing listens before {@link #start()}. */
  public FakeBackends() {
    add(
        "openai",
        new FakeOpenAi(
            "gpt-4o-mini",
            "gpt-4o-audio-preview",
            "gpt-3.5-turbo-instruct",
            "text-embedding-3-small",
            "gpt-4o-mini-tts",
            "tts-1",
            "whisper-1",
            "gpt-4o-transcribe",
            "gpt-4o-transcribe-diarize",
            "gpt-transcribe"),
        Model.chat("gpt-4o-mini", "text", "image"),
        Model.speaking("gpt-4o-audio-preview", "text", "audio"),
        new Model("gpt-3.5-turbo-instruct", "completions", List.of("text"), List.of("text")),
        Model.embeddings("text-embedding-3-small"),
        Model.voice("gpt-4o-mini-tts"),
        Model.voice("tts-1"),
        Model.stt("whisper-1"),
        Model.stt("gpt-4o-transcribe"),
        Model.stt("gpt-4o-transcribe-diarize"),
        Model.stt("gpt-transcribe"));
    add("vllm", new FakeVllm(), Model.chat("Qwen/Qwen3-8B", "text"));
    var whisper = "openai/whisper-large-v3";
    add("vllm-whisper", "vllm", new FakeVllm(whisper), Model.stt(whisper));
    add("llama-server", new FakeLlamaServer(), Model.embeddings("mxbai-embed-large"));
    var hearing = "ultravox";
    add("llama-server-audio", "llama-server", new FakeLlamaServer(hearing), Model.stt(hearing));
    add(
        "openrouter",
        new FakeOpenRouter("openai/gpt-4o", "qwen/qwen3-8b:free", whisper),
        Model.chat("openai/gpt-4o", "text", "image", "audio"),
        Model.stt(whisper));
    add(
        "vllm-omni",
        new FakeVllmOmni(),
        Model.speaking("Qwen/Qwen3-Omni-30B-A3B-Instruct", "text", "audio", "image", "video")
            .hearing());
    var voice = "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice";
    add("vllm-omni-tts", "vllm-omni", new FakeVllmOmni(voice), Model.voice(voice));
    var kokoro = "speaches-ai/Kokoro-82M-v1.0-ONNX";
    var faster = "Systran/faster-whisper-small";
    add("speaches", new FakeSpeaches(kokoro, faster), Model.voice(kokoro), Model.stt(faster));
    add("kokoro", new FakeKokoro(), Model.voice("kokoro"));
    add("chatterbox", new FakeChatterbox(), Model.voice("chatterbox-turbo"));
    add("voicebox", new FakeVoicebox(), Model.voice("voicebox"), Model.stt("voicebox-whisper"));
    add(
        "voicebox-provider",
        new FakeVoiceProvider(),
        Model.voice("Qwen3-TTS"),
        Model.stt("voicebox-provider-stt"));
    add("faster-whisper", new FakeFasterWhisper(), Model.stt(FakeFasterWhisper.MODEL));
    add("whisper-cpp", new FakeWhisperCpp(), Model.stt("whisper-cpp"));
    var slow = new FakeOpenRouter("slow/voice");
    slow.speech().perCharacter(SLOW_PER_CHARACTER);
    add("openrouter-slow", "openrouter", slow, Model.voice("slow/voice"));
    add(
        "ollama",
        new FakeOllama("qwen3:8b"),
        Model.chat("qwen3:8b", "text", "image", "audio").hearing());
    add("tei", new FakeTei(), Model.embeddings("BAAI/bge-m3"));
    add(
        "pyannote",
        new FakePyannote(),
        Model.speakers("pyannote/speaker-diarization-3.1", "diarization"),
        Model.speakers("pyannote/embedding", "speaker_verification"));
  }

  /**
   * The fakes by kind: openai, vllm, vllm-whisper, llama-server, llama-server-audio, openrouter,
   * vllm-omni, vllm-omni-tts, speaches, kokoro, chatterbox, voicebox, voicebox-provider,
   * faster-whisper, whisper-cpp, openrouter-slow, ollama, tei, pyannote. The slow one gives whole
   * sounds, and each character of them takes it 20 ms.
   */
  public Map<String, FakeBackend> all() {
    return Map.copyOf(fakes);
  }

  /** Opens every port. */
  public void start() {
    fakes.values().forEach(FakeBackend::start);
  }

  /** The base URIs by kind, as one line of JSON. */
  public String portsJson() {
    var root = Json.object();
    fakes.forEach((kind, fake) -> root.put(kind, fake.baseUri().toString()));
    return Json.write(root);
  }

  /** A configuration with which a hub serves all of them. */
  public String hubYaml() {
    var yaml = new StringBuilder("server: { port: 8080 }\nbackends:\n");
    fakes.forEach((kind, fake) -> {
      yaml.append("  - id: ").append(kind).append('\n');
      yaml.append("    type: ").append(types.getOrDefault(kind, kind)).append('\n');
      yaml.append("    base_url: \"").append(fake.baseUri()).append("\"\n    models:\n");
      models.getOrDefault(kind, List.of()).forEach(model -> append(yaml, model));
    });
    return yaml.toString();
  }

  @Override
  public void close() {
    fakes.values().forEach(FakeBackend::close);
  }

  private static void append(StringBuilder yaml, Model model) {
    yaml.append("      - id: \"").append(model.id()).append("\"\n");
    yaml.append("        capabilities: [").append(model.capability()).append("]\n");
    list(yaml, "input_modalities", model.inputs());
    list(yaml, "output_modalities", model.outputs());
  }

  private static void list(StringBuilder yaml, String key, List<String> values) {
    if (!values.isEmpty()) {
      yaml.append("        ").append(key).append(": [");
      yaml.append(String.join(", ", values)).append("]\n");
    }
  }

  private void add(String kind, FakeBackend fake, Model... served) {
    add(kind, kind, fake, served);
  }

  private void add(String kind, String type, FakeBackend fake, Model... served) {
    fakes.put(kind, fake);
    types.put(kind, type);
    models.put(kind, List.of(served));
  }
}
