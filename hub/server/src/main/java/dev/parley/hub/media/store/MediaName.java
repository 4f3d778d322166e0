package dev.parley.hub.media.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of media: {@code media/} and 32 characters of base32 (RFC 4648, lower case), which are the
 * first 160 bits of a SHA-256 over the content's SHA-256 and the format. Only what has exactly this
 * form becomes part of a path.
 */
final class MediaName {

  static final String PREFIX = "media/";

  private static final Pattern ID = Pattern.compile("[a-z2-7]{32}");
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_BYTES = 20;

  private MediaName() {}

  /** The id of a name; empty for what cannot be one. */
  static Optional<String> id(String name) {
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String id = name.substring(PREFIX.length());
    return isId(id) ? Optional.of(id) : Optional.empty();
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static String of(String id) {
    return PREFIX + id;
  }

  /** The id of content and its format. */
  static String id(String sha256, StoredFormat format) {
    String text =
        String.join(
            " ",
            sha256,
            Integer.toString(format.sampleRateHz()),
            Integer.toString(format.channels()),
            Integer.toString(format.bitRateBps()),
            format.encoding());
    MessageDigest digest = Sha256.digest();
    return base32(digest.digest(text.getBytes(StandardCharsets.US_ASCII)), ID_BYTES);
  }

  /** The first bytes, five bits a character; a multiple of five bytes, so nothing is padded. */
  private static String base32(byte[] bytes, int count) {
    StringBuilder text = new StringBuilder(count * 8 / 5);
    long bits = 0;
    int held = 0;
    for (int i = 0; i < count; i++) {
      bits = (bits << 8 | (bytes[i] & 0xff)) & 0xffff;
      held += 8;
      while (held >= 5) {
        held -= 5;
        text.append(DIGITS.charAt((int) (bits >>> held) & 31));
      }
    }
    return text.toString();
  }
}
