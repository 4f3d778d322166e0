package dev.parley.hub.config;

/**
 * Something in a configuration that holds no mistake and is hardly meant. {@link #toString()} is
 * the line for people, such as {@code hub.yaml:12 models[0].rules[1]: never reached, as rules[0]
 * holds whenever it does}. It holds no secret and no unescaped text of the file.
 *
 * @param file name as given to the reader; empty when the configuration is of no file
 * @param line counted from 1; 0 when there is none
 * @param keyPath such as {@code models[0].rules[1]}
 * @param message what is the matter, and why
 */
public record Advice(String file, int line, String keyPath, String message) {

  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line + " " : file.isEmpty() ? "" : file + " ";
    return place + keyPath + ": " + message;
  }
}
