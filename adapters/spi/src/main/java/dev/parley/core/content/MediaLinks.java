package dev.parley.core.content;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The addresses in the parts of a message that whoever reads it would fetch. What a part says in
 * words is not looked at; every other text of it is, whatever its member is called, as servers
 * differ in where they look.
 */
public final class MediaLinks {

  /** What may stand where an address of the network may not. */
  public static final String ALLOWED = "a data: URL that holds the content";

  private static final int DEPTH_MAX = 4;

  /** No scheme that anybody fetches by is longer. */
  private static final int SCHEME_CHARS_MAX = 16;

  /** Longer texts are content, not addresses: only their beginnings are looked at. */
  private static final int HEAD_BYTES = 512;

  private MediaLinks() {}

  /**
   * Where the first http or https URL of a part stands; empty when there is none. Fails with
   * InvalidRequest where a URL has another scheme than these and data.
   *
   * @param path where the part stands, such as {@code messages[0].content[1]}
   */
  public static String first(JsonValue part, String path) {
    return inMembers(part, path, 0);
  }

  private static String inMembers(JsonValue object, String path, int depth) {
    String first = "";
    for (JsonMember member : object.object()) {
      String name = member.name();
      if (depth == 0 && (name.equals("text") || name.equals("type") || name.equals("refusal"))) {
        continue;
      }
      String found = in(member.value(), path + "." + name, depth);
      first = first.isEmpty() ? found : first;
    }
    return first;
  }

  private static String in(JsonValue value, String path, int depth) {
    return switch (value.kind()) {
      case STRING -> inText(value, path);
      case OBJECT -> depth < DEPTH_MAX ? inMembers(value, path, depth + 1) : "";
      case ARRAY -> depth < DEPTH_MAX ? inElements(value, path, depth) : "";
      case NUMBER, TRUE, FALSE, NULL -> "";
    };
  }

  private static String inElements(JsonValue array, String path, int depth) {
    String first = "";
    int i = 0;
    for (JsonValue element : array.elements()) {
      String found = in(element, path + "[" + i++ + "]", depth + 1);
      first = first.isEmpty() ? found : first;
    }
    return first;
  }

  private static String inText(JsonValue value, String path) {
    String scheme = scheme(value);
    return switch (scheme) {
      case "", "data" -> "";
      case "http", "https" -> path;
      default -> {
        if (path.endsWith("url") || path.endsWith("data") || isAddress(value)) {
          throw new HubException(
              new HubError.InvalidRequest(path, "a URL of scheme " + scheme, ALLOWED));
        }
        yield "";
      }
    };
  }

  private static boolean isAddress(JsonValue value) {
    return value.length() <= HEAD_BYTES * 8 && value.asString().contains("://");
  }

  /**
   * In lower case, without what lenient readers of URLs skip before it; empty when there is none.
   */
  private static String scheme(JsonValue value) {
    byte[] source = value.source();
    int start = value.start() + 1;
    while (start < value.end() && source[start] == ' ') {
      start++;
    }
    int colon = -1;
    int end = Math.min(value.end(), start + HEAD_BYTES);
    boolean escaped = false;
    for (int i = start; i < end && colon < 0; i++) {
      escaped |= source[i] == '\\';
      colon = source[i] == ':' ? i : -1;
    }
    // A colon, or any letter before it, may be written as an escape.
    if (colon < 0 && !escaped) {
      return "";
    }
    String head =
        escaped
            ? value.asString()
            : new String(source, start, colon + 1 - start, StandardCharsets.UTF_8);
    return schemeOf(head);
  }

  private static String schemeOf(String text) {
    StringBuilder scheme = new StringBuilder();
    for (int i = 0; i < text.length() && scheme.length() <= SCHEME_CHARS_MAX; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return scheme.toString().toLowerCase(Locale.ROOT);
      }
      // Readers of URLs drop tabs and line ends anywhere, and blanks at the beginning.
      boolean dropped = c == '\t' || c == '\n' || c == '\r' || (scheme.isEmpty() && c <= ' ');
      boolean fits = scheme.isEmpty() ? isLetter(c) : isLetter(c) || isOther(c);
      if (!dropped && !fits) {
        return "";
      }
      if (!dropped) {
        scheme.append(c);
      }
    }
    return "";
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isOther(char c) {
    return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  }
}
