package dev.parley.hub.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a key as it is shown. Keys that the hub makes hold 256 random bits, so nothing slower
 * or salted is needed. Compared in constant time.
 */
final class Fingerprint {

  private static final MessageDigest UNUSED = sha256();

  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  static Fingerprint of(String shown) {
    return new Fingerprint(fresh().digest(shown.getBytes(StandardCharsets.UTF_8)));
  }

  /** A copy of one that has read nothing, as a request need not search the JDK's providers. */
  private static MessageDigest fresh() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's own SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** As {@link #hex} gave it. */
  static Fingerprint ofHex(String hex) {
    return new Fingerprint(HexFormat.of().parseHex(hex));
  }

  String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** Not even that belongs into a log. */
  @Override
  public String toString() {
    return "***";
  }
}
