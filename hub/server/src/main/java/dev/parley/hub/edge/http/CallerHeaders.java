package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.CacheWish;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Privacy;
import dev.parley.core.model.Scope;
import dev.parley.core.model.Visit;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.telemetry.RequestVisit;
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

  private static final AsciiString CACHE = AsciiString.cached("x-parley-cache");

  private static final int TAGS_MAX = 16;
  private static final int NAME_CHARS_MAX = 128;

  private CallerHeaders() {}

  /**
   * Who calls, by its key and by what it says itself. Fails with InvalidRequest that names the
   * header.
   */
  public static Caller of(ServiceRequestContext ctx) {
    Caller said = said(ctx.request().headers());
    Caller known = Visitors.of(ctx).map(key -> withKey(said, key)).orElse(said);
    RequestVisit visit = AccessLog.visit(ctx);
    return visit == null ? known : known.withVisit(visit);
  }

  /** What a key says of its caller counts for more than what the caller says itself. */
  private static Caller withKey(Caller said, KeyConfig key) {
    Set<String> tags = said.tags();
    if (!key.tags().isEmpty()) {
      tags = new LinkedHashSet<>(tags);
      tags.addAll(key.tags());
    }
    Priority best = key.priorityMax();
    return new Caller(
        key.name(),
        key.owner(),
        tags,
        said.session(),
        said.priority().compareTo(best) < 0 ? best : said.priority(),
        said.privacy(),
        said.backend(),
        key.scope(),
        said.cache(),
        said.visit());
  }

  private static Caller said(RequestHeaders headers) {
    String priority = headers.get(PRIORITY);
    String tags = headers.get(TAGS);
    String session = headers.get(SESSION);
    String privacy = headers.get(PRIVACY);
    String backend = headers.get(BACKEND);
    String cache = headers.get(CACHE);
    if (priority == null
        && tags == null
        && session == null
        && privacy == null
        && backend == null
        && cache == null) {
      return Caller.ANYONE;
    }
    return new Caller(
        "",
        "",
        tags == null ? Set.of() : tags(tags),
        name(SESSION, session),
        priority == null ? Priority.STANDARD : priority(priority),
        privacy == null ? Privacy.ANYWHERE : privacy(privacy),
        name(BACKEND, backend),
        Scope.EVERYTHING,
        cache == null ? CacheWish.USE : cache(cache),
        Visit.NONE);
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

  private static CacheWish cache(String text) {
    return CacheWish.byName(text)
        .orElseThrow(() ->
            refused(CACHE, "unknown word", "one of " + String.join(", ", CacheWish.wireNames())));
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
