package dev.parley.hub.media;

/**
 * What is examined at all.
 *
 * @param secondsMax longer sound is refused, as soon as that is heard
 * @param bytesMax larger sound is refused, unheard
 * @param bytesLimit the name of that limit in messages
 */
public record ExaminationLimits(double secondsMax, long bytesMax, String bytesLimit) {

  public ExaminationLimits {
    if (!(secondsMax > 0) || bytesMax < 1) {
      throw new IllegalArgumentException(
          "secondsMax: " + secondsMax + ", bytesMax: " + bytesMax + " (expected: more than 0)");
    }
  }
}
