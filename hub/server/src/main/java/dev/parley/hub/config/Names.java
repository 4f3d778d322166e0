package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.util.regex.Pattern;

/** The shapes of the names that a configuration gives to things. */
final class Names {

  static final String BACKEND_ALLOWED =
      "1 to 63 of letters, digits, '.', '_' and '-', a letter or digit first";
  static final String MODEL_ALLOWED = "1 to 256 visible ASCII characters, no spaces";

  private static final Pattern BACKEND = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7e]{1,256}");

  private Names() {}

  static boolean isBackend(String text) {
    return BACKEND.matcher(text).matches();
  }

  static boolean isModel(String text) {
    return MODEL.matcher(text).matches();
  }

  static void requireBackend(String text) {
    if (!isBackend(text)) {
      throw new IllegalArgumentException("not a backend id: " + Shown.quoted(text));
    }
  }

  static void requireModel(String text) {
    if (!isModel(text)) {
      throw new IllegalArgumentException("not a model id: " + Shown.quoted(text));
    }
  }
}
