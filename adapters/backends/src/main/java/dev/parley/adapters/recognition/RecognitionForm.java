package dev.parley.adapters.recognition;

import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.FormBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.Clip;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes a call as a form: fields, the caller's own members that name none of them, and last the
 * recording, which is not copied. For one thread.
 */
public final class RecognitionForm {

  /** Names that a form can have. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}(\\[])?");

  private final FormBody form = FormBody.create();
  private final Set<String> names = new HashSet<>();

  /** Adds a field; a name that comes again is one more value of a list. */
  public RecognitionForm field(String name, String value) {
    form.field(name, value);
    names.add(name);
    return this;
  }

  /** Keeps the caller's members from naming that field, which this call leaves out. */
  public RecognitionForm leaveOut(String name) {
    names.add(name);
    return this;
  }

  /** Adds a field that counts only when it says something. */
  public RecognitionForm fieldUnlessEmpty(String name, String value) {
    return value.isEmpty() ? this : field(name, value);
  }

  /**
   * The whole form, the recording under that name and with what the caller sends along: texts,
   * numbers and booleans as text, a list under a name with brackets as repeated fields, all else as
   * JSON.
   *
   * @param extra an object
   * @throws HubException with InvalidRequest for a member with a name that no form can have
   */
  public Body with(JsonValue extra, String fileName, Clip clip) {
    if (extra.isObject()) {
      for (JsonMember member : extra.object()) {
        if (!names.contains(member.name()) && !member.value().isNull()) {
          extra(member.name(), member.value());
        }
      }
    }
    String extension = clip.encoding().wireName();
    return form.sound(fileName, "audio." + extension, clip.encoding(), clip.bytes()).body();
  }

  private void extra(String name, JsonValue value) {
    if (!PLAIN.matcher(name).matches()) {
      throw new HubException(
          new HubError.InvalidRequest(
              "extra",
              "a name of " + name.length() + " characters that no form can have",
              "letters, digits, dots, dashes and underscores, 100 at most"));
    }
    if (name.endsWith("[]") && value.isArray()) {
      value.elements().forEach(element -> form.field(name, text(element)));
    } else {
      form.field(name, text(value));
    }
  }

  private static String text(JsonValue value) {
    return value.isString() ? value.asString() : value.raw();
  }
}
