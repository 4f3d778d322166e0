package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import io.netty.util.AsciiString;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a caller says of itself and of the way that its call shall take. */
public final class CallerHeaders {

  /** Who waits for whom where a backend is busy. */
  public static final AsciiString PRIORITY = AsciiString.cached("x-parley-priority");

  private static final AsciiString TAGS = AsciiString.cached("x-parley-tags");
  private static final AsciiString SESSION = AsciiString.cached("x-parley-session");
  private static final AsciiString PRIVACY = AsciiString.cached("x-parley-privacy");
  private static final AsciiString BACKEND = AsciiString.cached("x-parley-backend");

  private static final int TAGS_MAX = 16;
  private static final int NAME_CHARS_MAX = 128;

  private CallerHeaders() {}

  /** Fails with InvalidRequest that names the header. */
  public static Caller of(RequestHeaders headers) {
    String priority = headers.get(PRIORITY);
    String tags = headers.get(TAGS);
    String session = headers.get(SESSION);
    String privacy = headers.get(PRIVACY);
    String backend = headers.get(BACKEND);
    if (priority == null && tags == null && session == null && privacy == null && backend == null) {
      return Caller.ANYONE;
    }
    return new Caller(
        "",
        tags == null ? Set.of() : tags(tags),
        name(SESSION, session),
        priority == null ? Priority.STANDARD : priority(priority),
        privacy == null ? Privacy.ANYWHERE : privacy(privacy),
        name(BACKEND, backend));
  }

  private static Set<String> tags(String text) {
    Set<String> tags = new LinkedHashSet<>();
    for (String tag : text.split(",", -1)) {
      tags.add(name(TAGS, tag.strip()));
    }
    if (tags.size() > TAGS_MAX || tags.contains("")) {
      throw refused(TAGS, tags.size() + " tags", "1 to " + TAGS_MAX + " tags between commas");
    }
    return tags;
  }

  private static Priority priority(String text) {
    return Priority.byName(text)
        .orElseThrow(() ->
            refused(
                PRIORITY, "unknown priority", "one of " + String.join(", ", Priority.wireNames())));
  }

  private static Privacy privacy(String text) {
    return switch (text) {
      case "local_only" -> Privacy.LOCAL_ONLY;
      case "anywhere" -> Privacy.ANYWHERE;
      default -> throw refused(PRIVACY, "unknown word", "local_only or anywhere");
    };
  }

  private static String name(AsciiString header, @Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean visible = text.chars().allMatch(c -> c > ' ' && c < 127);
    if (text.length() > NAME_CHARS_MAX || !visible) {
      throw refused(
          header, "not a name", "at most " + NAME_CHARS_MAX + " visible ASCII characters");
    }
    return text;
  }

  private static HubException refused(AsciiString header, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(header.toString(), got, expected));
  }
}
