package dev.parley.hub.edge.grpc.document;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes Base64 that a stream may cut anywhere: up to three characters of each choice wait for the
 * next piece. For one thread.
 */
final class Base64Pieces {

  private static final int CHOICES_MAX = 1_024;

  private final Map<Integer, String> waiting = new HashMap<>();

  /**
   * The bytes that are complete now.
   *
   * @throws IllegalArgumentException if the text is not Base64
   */
  ByteString decode(int choice, String piece) {
    String before = waiting.getOrDefault(choice, "");
    String text = before.isEmpty() ? piece : before + piece;
    int whole = text.length() / 4 * 4;
    ByteString bytes = groups(text.substring(0, whole));
    if (whole == text.length()) {
      waiting.remove(choice);
    } else if (waiting.size() < CHOICES_MAX || !before.isEmpty()) {
      waiting.put(choice, text.substring(whole));
    }
    return bytes;
  }

  /** The rest of a text without padding, once a choice has ended. */
  ByteString end(int choice) {
    String rest = waiting.remove(choice);
    try {
      return rest == null ? ByteString.EMPTY : groups(rest);
    } catch (IllegalArgumentException _) {
      return ByteString.EMPTY;
    }
  }

  /** Several padded texts may follow one another. */
  private static ByteString groups(String text) {
    ByteString bytes = ByteString.EMPTY;
    int from = 0;
    while (from < text.length()) {
      int padding = text.indexOf('=', from);
      int to = padding < 0 ? text.length() : Math.min(text.length(), (padding / 4 + 1) * 4);
      byte[] ascii = text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
      bytes = bytes.concat(ByteString.copyFrom(Base64.getDecoder().decode(ascii)));
      from = to;
    }
    return bytes;
  }
}
