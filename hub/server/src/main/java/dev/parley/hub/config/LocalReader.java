package dev.parley.hub.config;

import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code local}. */
final class LocalReader {

  private static final List<String> KEYS =
      List.of(
          "device",
          "gpu",
          "gpu_memory_max",
          "models",
          "workers",
          "calls_max",
          "live_max",
          "speaking_max",
          "speech");

  private LocalReader() {}

  static LocalConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("local"), KEYS);
    LocalConfig unset = LocalConfig.DEFAULT;
    List<String> devices =
        Arrays.stream(LocalConfig.Device.values()).map(LocalConfig.Device::wireName).toList();
    List<String> speech =
        Arrays.stream(LocalConfig.Speech.values()).map(LocalConfig.Speech::wireName).toList();
    return new LocalConfig(
        map.text("device")
            .flatMap(text -> text.named(LocalConfig.Device::byName, devices))
            .orElse(unset.device()),
        map.whole("gpu", LocalConfig.GPU_RANGE, unset.gpu()),
        map.size("gpu_memory_max", LocalConfig.MEMORY_RANGE, unset.gpuMemoryMax()),
        map.text("models").flatMap(text -> text.matching(s -> !s.isBlank(), "a folder")),
        map.whole("workers", LocalConfig.WORKERS_RANGE),
        map.whole("calls_max", LocalConfig.CALLS_RANGE, unset.callsMax()),
        map.whole("live_max", LocalConfig.LIVE_RANGE, unset.liveMax()),
        map.whole("speaking_max", LocalConfig.SPEAKING_RANGE, unset.speakingMax()),
        map.text("speech")
            .flatMap(text -> text.named(LocalConfig.Speech::byName, speech))
            .orElse(unset.speech()));
  }
}
