package dev.parley.hub.config;

/**
 * A key that the operator gives.
 *
 * @param secret the key itself
 * @param source where he gives it
 */
public record StaticKeyConfig(KeyConfig key, Secret secret, Source source) {

  /** Where a key is given. */
  public enum Source {
    CONFIGURATION,
    ENVIRONMENT
  }

  public static final int SECRET_CHARS_MAX = 512;

  /** Shorter ones can be guessed. */
  static final int SECRET_CHARS_FINE = 16;

  static final String SECRET_ALLOWED =
      "1 to " + SECRET_CHARS_MAX + " visible ASCII characters, no spaces and no commas";

  public StaticKeyConfig {
    if (!isSecret(secret.value())) {
      throw new IllegalArgumentException("not usable as a key");
    }
  }

  /** Whether callers can show it in every way that there is. */
  static boolean isSecret(String text) {
    return !text.isEmpty()
        && text.length() <= SECRET_CHARS_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 127 && c != ',');
  }
}
