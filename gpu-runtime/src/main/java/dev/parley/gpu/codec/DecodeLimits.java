package dev.parley.gpu.codec;

/**
 * What a decoder is willing to read. Together with fixed bounds of the native library they bound
 * the memory and the work that any input can cause.
 *
 * @param channelsMax 1..64
 * @param sampleRateHzMax in Hz, at least 8000
 * @param secondsMax longest audio; what is longer fails when that much has been read
 * @param probeBytesMax how far into the input the first sound is looked for, 1 KiB..16 MiB
 * @param bufferBytesMax how much of an input that cannot seek is kept where its index comes last
 *     (MPEG-4), 0 for nothing
 */
public record DecodeLimits(
    int channelsMax,
    int sampleRateHzMax,
    double secondsMax,
    int probeBytesMax,
    long bufferBytesMax) {

  /** Eight channels, 192 kHz, four hours, 1 MiB of probing, 32 MiB of buffer. */
  public static final DecodeLimits DEFAULT =
      new DecodeLimits(8, 192_000, 4 * 3600, 1 << 20, 32 << 20);

  public DecodeLimits {
    check("channelsMax", channelsMax, 1, 64);
    check("sampleRateHzMax", sampleRateHzMax, 8_000, 768_000);
    check("probeBytesMax", probeBytesMax, 1 << 10, 1 << 24);
    check("bufferBytesMax", bufferBytesMax, 0, 1 << 30);
    if (!(secondsMax > 0)) {
      throw new IllegalArgumentException("secondsMax: " + secondsMax + " (expected: more than 0)");
    }
  }

  /** The same for audio of another length; infinity for audio without an end. */
  public DecodeLimits withSecondsMax(double other) {
    return new DecodeLimits(channelsMax, sampleRateHzMax, other, probeBytesMax, bufferBytesMax);
  }

  private static void check(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + min + ".." + max + ")");
    }
  }
}
