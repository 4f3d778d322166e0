package dev.parley.hub.config;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code voices}. */
final class VoicesReader {

  private static final List<String> KEYS = List.of("references_bytes_max", "seconds_max");

  private VoicesReader() {}

  static VoicesConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("voices"), KEYS);
    VoicesConfig unset = VoicesConfig.DEFAULT;
    return new VoicesConfig(
        map.size("references_bytes_max", VoicesConfig.BYTES_RANGE, unset.referencesBytesMax()),
        map.whole("seconds_max", VoicesConfig.SECONDS_RANGE, unset.secondsMax()));
  }
}
