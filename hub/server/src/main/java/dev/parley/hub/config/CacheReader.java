package dev.parley.hub.config;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code cache}. */
final class CacheReader {

  private static final List<String> KEYS = List.of("bytes_max", "entry_bytes_max");

  private CacheReader() {}

  static CacheConfig read(Reading reading, Node node) {
    YamlMap map = YamlMap.of(reading, node, Spot.at("cache"), KEYS);
    CacheConfig unset = CacheConfig.DEFAULT;
    return new CacheConfig(
        map.size("bytes_max", CacheConfig.BYTES_RANGE, unset.bytesMax()),
        map.size("entry_bytes_max", CacheConfig.ENTRY_RANGE, unset.entryBytesMax()));
  }
}
