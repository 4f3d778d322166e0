package dev.parley.hub.voice;

import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Makes ids that tell nothing and fit into any path: a word and 26 characters of base32 (RFC 4648,
 * lower case), which hold 130 random bits.
 */
final class VoiceIds {

  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int LENGTH = 26;
  private static final int DIGITS_IN_A_LONG = 12;
  private static final Pattern VOICE = Pattern.compile("voice_[a-z2-7]{26}");

  private final LongSupplier random;

  /**
   * @param random thread-safe, and not to be guessed
   */
  VoiceIds(LongSupplier random) {
    this.random = random;
  }

  static boolean isVoice(String text) {
    return VOICE.matcher(text).matches();
  }

  String voice() {
    return "voice_" + text();
  }

  String reference() {
    return "ref_" + text();
  }

  String etag() {
    return text();
  }

  private String text() {
    StringBuilder text = new StringBuilder(LENGTH);
    while (text.length() < LENGTH) {
      long bits = random.getAsLong();
      for (int i = 0; i < DIGITS_IN_A_LONG && text.length() < LENGTH; i++) {
        text.append(DIGITS.charAt((int) (bits >>> (5 * i)) & 31));
      }
    }
    return text.toString();
  }
}
