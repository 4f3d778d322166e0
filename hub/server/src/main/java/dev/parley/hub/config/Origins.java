package dev.parley.hub.config;

import java.util.Map;

/**
 * Where the values of a configuration come from, by key path such as {@code
 * backends[0].timeouts.idle}.
 *
 * @param file the file's name as given to the reader; empty when there is none
 */
public record Origins(String file, Map<String, Origin> byPath) {

  /** Of a configuration that was not read from a file. */
  public static final Origins NONE = new Origins("", Map.of());

  private static final Origin DEFAULT = new Origin.Default();

  public Origins {
    byPath = Map.copyOf(byPath);
  }

  /** The origin of one value; a default when the file does not mention it. */
  public Origin of(String path) {
    return byPath.getOrDefault(path, DEFAULT);
  }

  /** The line of a value, or of what stands around one that is not written; 0 without a file. */
  public int line(String path) {
    return switch (of(path)) {
      case Origin.InFile(int line) -> line;
      case Origin.Environment(_, int line) -> line;
      case Origin.Variable(_), Origin.Told() -> 0;
      case Origin.Default() -> {
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        yield end < 0 ? 0 : line(path.substring(0, end));
      }
    };
  }
}
