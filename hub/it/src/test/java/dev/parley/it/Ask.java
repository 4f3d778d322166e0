package dev.parley.it;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A chat call of one user message, before anybody decides how it travels.
 *
 * @param model the name that the caller uses
 * @param text what the user says; fakes read markers in it
 * @param headers what the caller says of itself: headers over REST, metadata over gRPC
 */
record Ask(String model, String text, Map<String, String> headers) {

  Ask {
    headers = Map.copyOf(headers);
  }

  static Ask of(String model, String text) {
    return new Ask(model, text, Map.of());
  }

  Ask with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Ask(model, text, more);
  }
}
