package dev.parley.hub.access;

import dev.parley.hub.config.Secret;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes keys: {@code pk-}, an id of 12 characters that may be shown, and 256 random bits. */
final class KeySecret {

  private static final String PREFIX = "pk-";
  private static final String ID_CHARS = "0123456789abcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int BYTES = 32;

  private final RandomGenerator random;

  /**
   * @param random thread-safe, and not to be guessed
   */
  KeySecret(RandomGenerator random) {
    this.random = random;
  }

  String id() {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ID_CHARS.charAt(random.nextInt(ID_CHARS.length())));
    }
    return id.toString();
  }

  /** What callers of the key with this id show. */
  Secret secret(String id) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Secret(
        PREFIX + id + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
