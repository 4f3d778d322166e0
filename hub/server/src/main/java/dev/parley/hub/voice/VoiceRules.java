package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.model.NearestName;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What callers may say of a voice and do with it, and what they are told otherwise. Pure. */
final class VoiceRules {

  static final int REFERENCES_MAX = 10;
  private static final int NAME_CHARS_MAX = 100;
  private static final int TRANSCRIPT_CHARS_MAX = 10_000;
  private static final int LANGUAGES_MAX = 100;
  private static final int LABELS_MAX = 64;
  private static final int LABEL_NAME_CHARS_MAX = 100;
  private static final int LABEL_CHARS_MAX = 4_096;
  private static final int EXTRA_CHARS_MAX = 65_536;
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  private VoiceRules() {}

  /** The name as it is kept. */
  static String name(String given) {
    String name = Normalizer.normalize(given.strip(), Normalizer.Form.NFC);
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > NAME_CHARS_MAX) {
      throw invalid(
          "name",
          length == 0 ? "empty" : length + " characters",
          "1.." + NAME_CHARS_MAX + " characters");
    }
    if (name.codePoints().anyMatch(VoiceRules::isUnseen)) {
      throw invalid("name", Shown.text(name), "no control characters");
    }
    if (VoiceIds.isVoice(name)) {
      throw invalid("name", Shown.text(name), "a name that does not look like the id of a voice");
    }
    return name;
  }

  /** What moves a cursor, or is half a character. */
  private static boolean isUnseen(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> codePoint != 0x200c && codePoint != 0x200d;
      default -> false;
    };
  }

  /** What no two voices have in common. */
  static String nameKey(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  static void references(List<NewReference> references) {
    if (references.isEmpty() || references.size() > REFERENCES_MAX) {
      throw invalid("references", references.size() + " recordings", "1.." + REFERENCES_MAX);
    }
    for (int i = 0; i < references.size(); i++) {
      int length = references.get(i).transcript().length();
      if (length > TRANSCRIPT_CHARS_MAX) {
        throw invalid(
            "references[" + i + "].transcript",
            length + " characters",
            "at most " + TRANSCRIPT_CHARS_MAX);
      }
      if (references.get(i).transcript().indexOf(0) >= 0) {
        throw invalid("references[" + i + "].transcript", "a zero character", "plain text");
      }
    }
  }

  static void languages(List<String> languages) {
    if (languages.size() > LANGUAGES_MAX) {
      throw invalid("languages", languages.size() + " tags", "at most " + LANGUAGES_MAX);
    }
    for (int i = 0; i < languages.size(); i++) {
      if (!LANGUAGE.matcher(languages.get(i)).matches()) {
        throw invalid(
            "languages[" + i + "]",
            Shown.text(languages.get(i)),
            "a BCP 47 tag such as en or pt-BR");
      }
    }
  }

  static void labels(Map<String, String> labels) {
    if (labels.size() > LABELS_MAX) {
      throw invalid("labels", labels.size() + " labels", "at most " + LABELS_MAX);
    }
    labels.forEach((name, value) -> {
      if (name.isBlank() || name.length() > LABEL_NAME_CHARS_MAX) {
        throw invalid(
            "labels", "a name of " + name.length() + " characters", "1.." + LABEL_NAME_CHARS_MAX);
      }
      if (value.length() > LABEL_CHARS_MAX) {
        throw invalid(
            "labels[" + Shown.text(name) + "]",
            value.length() + " characters",
            "at most " + LABEL_CHARS_MAX);
      }
    });
  }

  static void extraJson(String extraJson) {
    if (extraJson.isEmpty()) {
      return;
    }
    if (extraJson.length() > EXTRA_CHARS_MAX) {
      throw invalid("extra_json", extraJson.length() + " characters", "at most " + EXTRA_CHARS_MAX);
    }
    boolean object;
    try {
      object = Json.parse(extraJson.getBytes(StandardCharsets.UTF_8)).isObject();
    } catch (JsonSyntaxException _) {
      object = false;
    }
    if (!object) {
      throw invalid("extra_json", "no JSON object", "a JSON object");
    }
  }

  static void idempotencyKey(String key) {
    if (!key.isEmpty() && !KEY.matcher(key).matches()) {
      throw invalid("idempotency-key", Shown.text(key), "1..255 visible characters of ASCII");
    }
  }

  /**
   * Whether a voice may be changed so.
   *
   * @param etag that it must still have; empty: any
   * @param more how many recordings it gets
   */
  static void change(LibraryVoice voice, String etag, int more) {
    if (!etag.isEmpty() && !etag.equals(voice.etag())) {
      throw new HubException(new HubError.EtagMismatch("voice", voice.id()));
    }
    int there = voice.references().size();
    if (there + more > REFERENCES_MAX) {
      throw invalid(
          "references",
          more + " recordings more than the " + there + " that it has",
          "at most " + REFERENCES_MAX + " together");
    }
  }

  static HubException taken(String name) {
    return new HubException(new HubError.NameTaken("voice", name));
  }

  /**
   * Nothing is called so.
   *
   * @param known what the nearest one is looked for in
   */
  static HubException missing(String idOrName, Collection<String> known) {
    return new HubException(
        new HubError.NotFound(
            HubError.NotFound.Kind.VOICE, Shown.text(idOrName), NearestName.of(idOrName, known)));
  }

  static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
