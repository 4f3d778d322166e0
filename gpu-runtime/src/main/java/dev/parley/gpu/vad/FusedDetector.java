package dev.parley.gpu.vad;

/**
 * Silero 6 and the FireRed network that looks ahead, asked together about whole signals: the mean
 * of their log-odds, each 10 ms. Silero's answer is read 16 ms later, as it reacts late. The sum is
 * never surer than Silero's surest within half a second, which keeps noise that only the other one
 * takes for speech out.
 */
final class FusedDetector implements SpeechDetector {

  private static final int CHUNK = 160;
  private static final int LOOKBACK = 256;
  private static final int VICINITY = 8000;

  /** Where the best F1 of the mean lies, moved to one half. */
  private static final float BIAS = 0.7f;

  private static final float LIMIT = 1e-4f;

  private final String name;
  private final SpeechDetector silero;
  private final SpeechDetector fireRed;

  FusedDetector(String name, SpeechDetector silero, SpeechDetector fireRed) {
    this.name = name;
    this.silero = silero;
    this.fireRed = fireRed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int chunkSamples() {
    return CHUNK;
  }

  @Override
  public float[] probabilities(float[] samples) {
    float[] first = silero.probabilities(samples);
    float[] second = fireRed.probabilities(samples);
    float[] surest = surest(first, VICINITY / silero.chunkSamples());
    float[] found = new float[chunks(samples.length)];
    for (int i = 0; i < found.length; i++) {
      int middle = i * CHUNK + CHUNK / 2;
      float late = first[at(middle + LOOKBACK, first.length)];
      double mean = (logOdds(late) + logOdds(second[i])) / 2 + BIAS;
      float fused = (float) (1 / (1 + Math.exp(-mean)));
      found[i] = Math.min(fused, surest[at(middle, first.length)]);
    }
    return found;
  }

  /** The chunk of Silero's that holds a sample, or the last one. */
  private int at(int sample, int chunks) {
    return Math.min(sample / silero.chunkSamples(), chunks - 1);
  }

  private static double logOdds(float probability) {
    double inside = Math.clamp(probability, LIMIT, 1 - LIMIT);
    return Math.log(inside / (1 - inside));
  }

  /** The largest value within {@code reach} places to each side. */
  private static float[] surest(float[] values, int reach) {
    float[] largest = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int end = Math.min(values.length, i + reach + 1);
      for (int j = Math.max(0, i - reach); j < end; j++) {
        largest[i] = Math.max(largest[i], values[j]);
      }
    }
    return largest;
  }

  @Override
  public void close() {
    try (silero;
        fireRed) {
      // Both are closed, whatever the first one says.
    }
  }
}
