package dev.parley.hub.config;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code media}. */
final class MediaReader {

  private static final List<String> KEYS = List.of("item_bytes_max", "total_bytes_max", "keep");

  private MediaReader() {}

  static MediaConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("media"), KEYS);
    MediaConfig unset = MediaConfig.DEFAULT;
    return new MediaConfig(
        map.size("item_bytes_max", MediaConfig.ITEM_RANGE, unset.itemBytesMax()),
        map.size("total_bytes_max", MediaConfig.TOTAL_RANGE, unset.totalBytesMax()),
        map.duration("keep", MediaConfig.KEEP_RANGE, unset.keep()));
  }
}
