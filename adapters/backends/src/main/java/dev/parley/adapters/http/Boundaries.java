package dev.parley.adapters.http;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What parts the fields of forms: nobody who sends a file can foresee it. The system's source of
 * chance may keep an event loop waiting, so it is asked once, when this class is prepared; what
 * follows is a digest of that and of a count. Thread-safe.
 */
final class Boundaries {

  private static final int SECRET_BYTES = 32;
  private static final int BYTES = 16;
  private static final byte[] SECRET = new byte[SECRET_BYTES];
  private static final AtomicLong COUNT = new AtomicLong();

  static {
    new SecureRandom().nextBytes(SECRET);
  }

  private Boundaries() {}

  /** Asks for the secret now; to be called where waiting is allowed. */
  static void prepare() {
    // Its initialisation is all that there is to do.
  }

  /** Another one with each call. */
  static String next() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    digest.update(SECRET);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(COUNT.getAndIncrement()).flip());
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }
}
