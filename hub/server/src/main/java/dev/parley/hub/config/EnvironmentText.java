package dev.parley.hub.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Text with its `${NAME}` and `${NAME:-default}` replaced from the environment; what is put in is
/// not looked at again. As in a shell, a default also stands in for an empty variable. `$${` is a
/// plain `${`.
sealed interface EnvironmentText {

  /** All replaced; the variables that were read, in order. */
  record Expanded(String text, List<String> variables) implements EnvironmentText {}

  /** Variables without a value and without a default. */
  record Unset(List<String> variables) implements EnvironmentText {}

  /// A `${` that starts no reference, or more text than is allowed.
  record Malformed() implements EnvironmentText {}

  /** The longest text that comes out, in characters. */
  int CHARS_MAX = 1 << 16;

  Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]{0,127})(:-([^}]*))?})?");

  static EnvironmentText of(String raw, Function<String, @Nullable String> environment) {
    StringBuilder text = new StringBuilder();
    List<String> used = new ArrayList<>();
    List<String> unset = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(raw);
    int from = 0;
    while (matcher.find()) {
      text.append(raw, from, matcher.start());
      from = matcher.end();
      String name = matcher.group(1);
      if (matcher.group().startsWith("$$")) {
        text.append("${");
      } else if (name == null) {
        return new Malformed();
      } else {
        String fallback = matcher.group(3);
        String value = environment.apply(name);
        if (value != null && !(value.isEmpty() && fallback != null)) {
          used.add(name);
          text.append(value);
        } else if (fallback != null) {
          text.append(fallback);
        } else {
          unset.add(name);
        }
      }
      if (text.length() > CHARS_MAX) {
        return new Malformed();
      }
    }
    text.append(raw, from, raw.length());
    return unset.isEmpty() ? new Expanded(text.toString(), used) : new Unset(unset);
  }
}
