package dev.parley.hub.config;

import java.util.Optional;

/**
 * One mistake in a configuration. {@link #toString()} is the line for people, such as {@code
 * hub.yaml:41 backends[2].timeouts.first_byte: "90" (expected: a duration such as 900ms, within
 * 10ms..30m)}. It holds no secret and no unescaped text of the file.
 *
 * @param file name as given to the reader
 * @param line counted from 1; 0 when the mistake has no line
 * @param keyPath such as {@code backends[2].timeouts.first_byte}; empty for the whole document
 * @param found what is there, as shown
 * @param allowed what may be there
 * @param nearest a known name that was probably meant
 */
public record Problem(
    String file, int line, String keyPath, String found, String allowed, Optional<String> nearest) {

  static final String UNKNOWN_KEY = "unknown key";

  @Override
  public String toString() {
    String place = line > 0 ? file + ":" + line : file;
    String key = keyPath.isEmpty() ? ":" : " " + keyPath + ":";
    String hint = nearest.map(name -> "nearest: " + name + "; ").orElse("");
    String label = found.equals(UNKNOWN_KEY) ? "known: " : "expected: ";
    return place + key + " " + found + " (" + hint + label + allowed + ")";
  }
}
