package dev.parley.hub.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code usage}. */
final class UsageReader {

  private static final List<String> KEYS = List.of("flush", "keep", "currency");

  private UsageReader() {}

  static UsageConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("usage"), KEYS);
    UsageConfig unset = UsageConfig.DEFAULT;
    return new UsageConfig(
        map.duration("flush", UsageConfig.FLUSH_RANGE, unset.flush()),
        map.duration("keep", UsageConfig.KEEP_RANGE, unset.keep()),
        map.text("currency").flatMap(UsageReader::currency).orElse(unset.currency()));
  }

  private static Optional<String> currency(Text text) {
    return text.matching(
        UsageConfig::isCurrency, "the three letters of a currency, such as USD or EUR");
  }
}
