package dev.parley.adapters.speakers;

import dev.parley.adapters.http.FormBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import java.util.Set;
import java.util.regex.Pattern;

/** Adds what the hub's schema does not model to a form. */
public final class ExtraFields {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}(\\[])?");

  private ExtraFields() {}

  /**
   * Adds each member as a field, lists and objects as their JSON.
   *
   * @param own names of the form itself, which nobody overwrites
   */
  public static void add(FormBody form, JsonValue extra, Set<String> own) {
    if (!extra.isObject()) {
      return;
    }
    for (JsonMember member : extra.object()) {
      if (own.contains(member.name()) || member.value().isNull()) {
        continue;
      }
      if (!NAME.matcher(member.name()).matches()) {
        throw new HubException(
            new HubError.InvalidRequest(
                "extra",
                "a member whose name is no name of a form's field",
                "names of letters, digits, '.', '_' and '-'"));
      }
      JsonValue value = member.value();
      form.field(member.name(), value.isString() ? value.asString() : value.compacted().raw());
    }
  }
}
