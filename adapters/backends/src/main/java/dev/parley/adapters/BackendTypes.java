package dev.parley.adapters;

import dev.parley.adapters.chatterbox.ChatterboxType;
import dev.parley.adapters.espeak.EspeakType;
import dev.parley.adapters.espeak.Program;
import dev.parley.adapters.fasterwhisper.FasterWhisperType;
import dev.parley.adapters.freetts.FreeTtsType;
import dev.parley.adapters.http.HttpTransport;
import dev.parley.adapters.ollama.OllamaType;
import dev.parley.adapters.openai.OpenAiTypes;
import dev.parley.adapters.pyannote.PyannoteType;
import dev.parley.adapters.tei.TeiType;
import dev.parley.adapters.vllmomni.VllmOmniType;
import dev.parley.adapters.voicebox.ProviderType;
import dev.parley.adapters.voicebox.VoiceboxType;
import dev.parley.adapters.whispercpp.WhisperCppType;
import dev.parley.core.spi.BackendType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Every kind of server that the hub can talk to. */
public final class BackendTypes {

  /** Their names, for reading a configuration without opening anything. */
  public static final Set<String> NAMES =
      Set.of(
          "openai",
          "vllm",
          "llama-server",
          "openrouter",
          "speaches",
          "kokoro",
          "vllm-omni",
          "ollama",
          "tei",
          "chatterbox",
          "voicebox",
          "voicebox-provider",
          "faster-whisper",
          "whisper-cpp",
          "pyannote",
          "freetts",
          "espeak-ng");

  private static final Map<String, Integer> CONCURRENCY =
      Map.ofEntries(
          Map.entry("chatterbox", 1),
          Map.entry("voicebox", 1),
          Map.entry("voicebox-provider", 1),
          Map.entry("faster-whisper", 1),
          Map.entry("whisper-cpp", 1),
          Map.entry("pyannote", 1),
          Map.entry("freetts", 2),
          Map.entry("espeak-ng", 2));

  private BackendTypes() {}

  /**
   * How many calls a server of that type works on at a time where the operator does not say, as
   * {@link BackendType#usualConcurrency}, without opening anything.
   */
  public static OptionalInt usualConcurrency(String type) {
    Integer known = CONCURRENCY.get(type);
    return known == null ? OptionalInt.empty() : OptionalInt.of(known);
  }

  /**
   * Types of which the hub brings a backend itself, in order: engines of this machine. Looks on the
   * disk.
   */
  public static List<String> builtIn() {
    return Program.isInstalled()
        ? List.of(FreeTtsType.NAME, EspeakType.NAME)
        : List.of(FreeTtsType.NAME);
  }

  /** All kinds, on one transport; their names differ. */
  public static List<BackendType> all(HttpTransport transport) {
    List<BackendType> types = new ArrayList<>(OpenAiTypes.all(transport));
    types.add(new VllmOmniType(transport));
    types.add(new OllamaType(transport));
    types.add(new TeiType(transport));
    types.add(new ChatterboxType(transport));
    types.add(new VoiceboxType(transport));
    types.add(new ProviderType(transport));
    types.add(new FasterWhisperType(transport));
    types.add(new WhisperCppType(transport));
    types.add(new PyannoteType(transport));
    types.add(new FreeTtsType(transport));
    types.add(new EspeakType(transport));
    return List.copyOf(types);
  }
}
