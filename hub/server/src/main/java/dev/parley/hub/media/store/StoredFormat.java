package dev.parley.hub.media.store;

/**
 * What an upload's bytes are, as the uploader said or as it was recognised; the store only keeps
 * it.
 *
 * @param encoding the format's label, at most 64 printable characters of ASCII without blanks;
 *     empty when nobody knows
 * @param sampleRateHz 0 when unknown
 * @param channels 0 when unknown
 * @param bitRateBps 0 when unknown
 */
public record StoredFormat(String encoding, int sampleRateHz, int channels, int bitRateBps) {

  /** Bytes of which nothing is known. */
  public static final StoredFormat UNKNOWN = new StoredFormat("", 0, 0, 0);

  private static final int ENCODING_CHARS_MAX = 64;

  public StoredFormat {
    boolean printable = encoding.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (!printable || encoding.length() > ENCODING_CHARS_MAX) {
      throw new IllegalArgumentException(
          "encoding: expected at most "
              + ENCODING_CHARS_MAX
              + " printable characters without blanks");
    }
    if (sampleRateHz < 0 || channels < 0 || bitRateBps < 0) {
      throw new IllegalArgumentException(
          "rate, channels, bit rate: "
              + sampleRateHz
              + ", "
              + channels
              + ", "
              + bitRateBps
              + " (expected: none below 0)");
    }
  }
}
