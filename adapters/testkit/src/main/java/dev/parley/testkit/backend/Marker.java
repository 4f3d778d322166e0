package dev.parley.testkit.backend;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Instructions in the text of a request, for callers that cannot script a fake from inside its
 * process: {@code [[hang]]}, {@code [[hang-after 2]]}, {@code [[close-after 2]]}, {@code
 * [[reset-after 2]]}, {@code [[slow]]} here; {@code [[status 503]]} answers with that status and an
 * error body as this backend writes it, and {@code [[retry-after 7]]} beside it asks for that many
 * seconds; content markers such as {@code [[words 200]]} are read by the fakes themselves.
 */
public final class Marker {
  private static final Pattern ANY = Pattern.compile("\\[\\[([a-z-]+)(?: (\\d{1,6}))?]]");
  private static final int MAX_SCANNED_BYTES = 64 << 10;
  private static final Duration SLOW = Duration.ofMillis(50);

  private Marker() {}

  /** Whether the text has the marker. */
  public static boolean in(String text, String name) {
    return number(text, name).isPresent();
  }

  /** The marker's number, 0 when it has none; empty when the marker is not there. */
  public static OptionalInt number(String text, String name) {
    var found = ANY.matcher(text);
    while (found.find()) {
      if (found.group(1).equals(name)) {
        return OptionalInt.of(found.group(2) == null ? 0 : Integer.parseInt(found.group(2)));
      }
    }
    return OptionalInt.empty();
  }

  /** The text without markers. */
  public static String strip(String text) {
    return text.indexOf("[[") < 0 ? text : ANY.matcher(text).replaceAll("").strip();
  }

  /** The header that a text asks for, on an answer that is an error. */
  static Answer answer(RecordedRequest request, Answer own) {
    if (own.status() < 400 || request.bodySize() > MAX_SCANNED_BYTES) {
      return own;
    }
    var seconds = number(request.text(), "retry-after");
    return seconds.isEmpty()
        ? own
        : own.with(Map.of("retry-after", String.valueOf(seconds.getAsInt())));
  }

  static Behaviour behaviour(RecordedRequest request) {
    if (request.bodySize() > MAX_SCANNED_BYTES) {
      return Behaviour.usual();
    }
    var usual = Behaviour.usual();
    var found = ANY.matcher(request.text());
    while (found.find()) {
      var frames = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
      switch (found.group(1)) {
        case "hang" -> usual = Behaviour.hang();
        case "hang-after" -> usual = usual.hangAfter(frames);
        case "close-after" -> usual = usual.closeAfter(frames);
        case "reset-after" -> usual = usual.resetAfter(frames);
        case "slow" -> usual = usual.paced(SLOW);
        default -> {
          // A content marker: the fake's own business.
        }
      }
    }
    return usual;
  }
}
