package dev.parley.adapters.voicebox;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A voice of the server.
 *
 * @param id by which calls refer to it
 * @param name as people call it; two may have the same
 * @param language that it was made for, as the server spells it; empty when unknown
 * @param engine that it needs or prefers; empty when it has no wish
 * @param made when, in ISO 8601; empty when unknown
 * @param speaks whether there is something to speak with: a recording, or a voice of an engine
 */
record Profile(
    String id, String name, String language, String engine, String made, boolean speaks) {

  private static final int PROFILES_MAX = 10_000;
  private static final String OUR_PREFIX = "parley-";
  private static final int KEY_CHARS = 24;
  private static final Pattern OURS = Pattern.compile(OUR_PREFIX + "[0-9a-f]{" + KEY_CHARS + "}");

  /** Of which nothing but the id is known. */
  static Profile of(String id) {
    return new Profile(id, "", "", "", "", true);
  }

  /** The name of a profile that the hub makes for recordings of that content. */
  static String nameOf(String contentKey) {
    return OUR_PREFIX + contentKey.substring(0, Math.min(KEY_CHARS, contentKey.length()));
  }

  /** Whether the hub made it: somebody's voice in the library, and nobody else's. */
  boolean isOurs() {
    return OURS.matcher(name).matches();
  }

  /** All profiles, the oldest first; empty when that is no such list. */
  static Optional<List<Profile>> list(byte[] body) {
    JsonValue list;
    try {
      list = Json.parse(body);
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
    if (!list.isArray()) {
      return Optional.empty();
    }
    List<Profile> profiles = new ArrayList<>();
    for (JsonValue entry : list.elements()) {
      if (entry.isObject() && !text(entry, "id").isEmpty() && profiles.size() < PROFILES_MAX) {
        profiles.add(read(entry));
      }
    }
    // The server tells the newest first: the usual voice would change with each new one.
    profiles.sort(Comparator.comparing(Profile::made));
    return Optional.of(List.copyOf(profiles));
  }

  private static Profile read(JsonValue entry) {
    String engine = text(entry, "default_engine");
    return new Profile(
        text(entry, "id"),
        text(entry, "name"),
        text(entry, "language"),
        engine.isEmpty() ? text(entry, "preset_engine") : engine,
        text(entry, "created_at"),
        speaks(entry));
  }

  /** What needs recordings and has none cannot speak; older servers do not count them. */
  private static boolean speaks(JsonValue entry) {
    String type = text(entry, "voice_type");
    JsonValue samples = entry.get("sample_count");
    return type.equals("preset")
        || type.equals("designed")
        || samples == null
        || !samples.isNumber()
        || samples.asDouble() > 0;
  }

  /** The member's text; empty when it has none. */
  static String text(JsonValue object, String member) {
    JsonValue value = object.get(member);
    return value != null && value.isString() ? value.asString() : "";
  }
}
