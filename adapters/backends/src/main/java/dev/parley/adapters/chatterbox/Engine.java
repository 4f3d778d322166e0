package dev.parley.adapters.chatterbox;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one engine that the server has loaded, as {@code /api/model-info} tells.
 *
 * @param loaded whether it can speak now
 * @param kind which engine it is
 * @param languages what it speaks
 */
record Engine(boolean loaded, Kind kind, List<String> languages) {

  private static final int LANGUAGES_MAX = 200;

  /** The engines of the server. */
  enum Kind {
    ORIGINAL("chatterbox", 1),
    TURBO("chatterbox-turbo", 5.05),
    MULTILINGUAL("chatterbox-multilingual", 1);

    private static final double RECORDING_SECONDS_MAX = 30;

    private final String model;
    private final double recordingSecondsMin;

    Kind(String model, double recordingSecondsMin) {
      this.model = model;
      this.recordingSecondsMin = recordingSecondsMin;
    }

    /** The name of the model, as the server's own settings spell it. */
    String model() {
      return model;
    }

    /** Turbo takes a recording of five seconds, and then fails to speak with it. */
    RecordingLimits recordings() {
      return new RecordingLimits(recordingSecondsMin, RECORDING_SECONDS_MAX, 1, false);
    }
  }

  /** What is assumed before the server was asked: the engine that it is shipped with. */
  static final Engine USUAL = new Engine(true, Kind.TURBO, List.of("en"));

  Engine {
    languages = List.copyOf(languages);
  }

  /** Empty when that is no answer of this server. */
  static Optional<Engine> read(byte[] body) {
    try {
      JsonValue info = Json.parse(body);
      JsonValue loaded = info.isObject() ? info.get("loaded") : null;
      if (loaded == null || !loaded.isBoolean()) {
        return Optional.empty();
      }
      Kind kind = kind(info.get("type"));
      return Optional.of(new Engine(loaded.asBoolean(), kind, languages(kind, info)));
    } catch (JsonSyntaxException _) {
      return Optional.empty();
    }
  }

  private static Kind kind(@Nullable JsonValue type) {
    return switch (type != null && type.isString() ? type.asString() : "") {
      case "original" -> Kind.ORIGINAL;
      case "multilingual" -> Kind.MULTILINGUAL;
      default -> Kind.TURBO;
    };
  }

  private static List<String> languages(Kind kind, JsonValue info) {
    JsonValue told = info.get("supported_languages");
    if (kind != Kind.MULTILINGUAL || told == null || !told.isObject()) {
      return List.of("en");
    }
    List<String> tags = new ArrayList<>();
    for (JsonMember member : told.object()) {
      if (tags.size() < LANGUAGES_MAX) {
        tags.add(member.name());
      }
    }
    return tags.isEmpty() ? List.of("en") : tags;
  }

  /** The language in the server's words: the tag's first part where the engine speaks it. */
  String language(String tag) {
    String first = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    return languages.contains(first) ? first : "en";
  }
}
