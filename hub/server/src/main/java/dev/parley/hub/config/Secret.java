package dev.parley.hub.config;

/**
 * A password, token or key. It prints as {@code ***}; only {@link #value()} gives it away. Free of
 * control characters, so it can go into a header.
 */
public record Secret(String value) {

  /** The longest secret, in characters. */
  public static final int CHARS_MAX = 8192;

  public Secret {
    if (!fits(value)) {
      throw new IllegalArgumentException("not usable as a secret");
    }
  }

  static boolean fits(String value) {
    return !value.isEmpty()
        && value.length() <= CHARS_MAX
        && value.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public String toString() {
    return "***";
  }
}
