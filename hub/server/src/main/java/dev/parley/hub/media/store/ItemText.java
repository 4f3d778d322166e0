package dev.parley.hub.media.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of an item besides its content, as lines of a name and a value. The last line is a
 * digest of those before it, so that a damaged text is not taken for another item.
 */
final class ItemText {

  static final int BYTES_MAX = 1024;

  private static final String HEAD = "parley-media 1\n";
  private static final String CHECK = "check ";

  private ItemText() {}

  static byte[] of(MediaItem item) {
    String text =
        HEAD
            + ("sha256 " + item.sha256() + "\n")
            + ("size " + item.sizeBytes() + "\n")
            + ("encoding " + item.format().encoding() + "\n")
            + ("rate " + item.format().sampleRateHz() + "\n")
            + ("channels " + item.format().channels() + "\n")
            + ("bit_rate " + item.format().bitRateBps() + "\n")
            + ("duration " + item.durationSeconds() + "\n")
            + ("expires " + item.expireTime().toEpochMilli() + "\n");
    return (text + CHECK + check(text) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** The item of an id; empty when the text is not whole or belongs to another. */
  static Optional<MediaItem> read(String id, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf(CHECK);
    boolean whole =
        end > 0
            && text.startsWith(HEAD)
            && text.substring(end).equals(CHECK + check(text.substring(0, end)) + "\n");
    if (!whole) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (String line : text.substring(0, end).lines().toList()) {
      int blank = line.indexOf(' ');
      values.put(line.substring(0, Math.max(blank, 0)), line.substring(blank + 1));
    }
    try {
      return Optional.of(item(id, values)).filter(item -> isOf(id, item));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static MediaItem item(String id, Map<String, String> values) {
    return new MediaItem(
        MediaName.of(id),
        new StoredFormat(
            values.getOrDefault("encoding", ""),
            Integer.parseInt(values.getOrDefault("rate", "")),
            Integer.parseInt(values.getOrDefault("channels", "")),
            Integer.parseInt(values.getOrDefault("bit_rate", ""))),
        Double.parseDouble(values.getOrDefault("duration", "")),
        Long.parseLong(values.getOrDefault("size", "")),
        values.getOrDefault("sha256", ""),
        Instant.ofEpochMilli(Long.parseLong(values.getOrDefault("expires", ""))));
  }

  private static boolean isOf(String id, MediaItem item) {
    return MediaName.id(item.sha256(), item.format()).equals(id);
  }

  private static String check(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.ISO_8859_1)).substring(0, 16);
  }
}
