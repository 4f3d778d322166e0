package dev.parley.gpu.vad;

import java.util.Arrays;

/**
 * Log-odds of speech from the powers of bands, one frame of 10 ms after the other: the lowest band
 * holds rumble, the others those of {@link BuiltInDetector.Spectrum#BANDS}. For one thread at a
 * time; allocates nothing.
 */
final class SpeechEvidence {

  private static final int BANDS = 1 + BuiltInDetector.Spectrum.BANDS.bands();

  /** A band's rise over the floor counts up to here, in dB. */
  private static final float RISE_MAX = 20;

  /** The floor is the least power; noise is so much stronger on average. */
  private static final float FLOOR_TO_NOISE = 1.5f;

  private static final float RISE_WEIGHT = 0.15f;
  private static final float SATURATED_WEIGHT = 1.8f;
  private static final float SATURATED_DB = 6;

  /** The voice may lie so far below rumble, in dB; what it lies lower speaks against it. */
  private static final float RUMBLE_DB = -12;

  private static final float RUMBLE_WEIGHT = 0.45f;
  private static final float RUMBLE_MAX = 12;

  /** Speech changes its level by at least this deviation within 250 ms, in dB. */
  private static final float STEADY_DB = 2;

  private static final float STEADY_WEIGHT = 2;
  private static final int STEADY_FRAMES = 25;

  /** Voiced sound rises by so much in low bands at some time within 200 ms, in dB. */
  private static final float VOICED_DB = 8;

  private static final float VOICED_WEIGHT = 0.2f;
  private static final int VOICED_FRAMES = 20;

  private static final float BIAS = 1.2f;
  private static final float ODDS_MAX = 6;
  private static final float ODDS_AT_START = -3;
  private static final float SMOOTHING = 0.2f;

  private final NoiseFloor noise = new NoiseFloor(BANDS);
  private final float[] loudness = new float[BANDS];
  private final float[] floor = new float[BANDS];
  private final float[] levels = new float[STEADY_FRAMES];
  private final float[] lowRises = new float[VOICED_FRAMES];
  private int frames;
  private float odds = ODDS_AT_START;

  void reset() {
    noise.reset();
    Arrays.fill(lowRises, 0);
    frames = 0;
    odds = ODDS_AT_START;
  }

  /** Takes a frame; gives the smoothed log-odds, no number when the powers are none. */
  float hear(float[] power) {
    noise.hear(power, loudness, floor);
    float low = rise(200, 1000);
    float rise = (2 * low + 2 * rise(1000, 4000) + rise(4000, 8000)) / 5;
    float sum =
        RISE_WEIGHT * rise
            + SATURATED_WEIGHT * (float) Math.tanh(rise / SATURATED_DB)
            + RUMBLE_WEIGHT * Math.clamp(overRumble() - RUMBLE_DB, -RUMBLE_MAX, 0)
            + STEADY_WEIGHT * Math.min(deviation(power) - STEADY_DB, 0)
            + VOICED_WEIGHT * Math.min(lately(low) - VOICED_DB, 0)
            - BIAS;
    odds += SMOOTHING * (Math.clamp(sum, -ODDS_MAX, ODDS_MAX) - odds);
    frames++;
    return odds;
  }

  /** Mean rise over the noise of the bands whose centres lie between two frequencies, in dB. */
  private float rise(double fromHz, double toHz) {
    double sum = 0;
    int count = 0;
    for (int band = 1; band < BANDS; band++) {
      if (within(band, fromHz, toHz)) {
        double over = 10 * Math.log10(loudness[band] / (floor[band] * FLOOR_TO_NOISE));
        sum += Math.clamp(over, 0, RISE_MAX);
        count++;
      }
    }
    return (float) (sum / count);
  }

  /** How far what rises in the bands of the voice lies over what rises below it, in dB. */
  private float overRumble() {
    double voice = 0;
    int count = 0;
    for (int band = 1; band < BANDS; band++) {
      if (isVoice(band)) {
        voice += risen(band);
        count++;
      }
    }
    return (float) (10 * Math.log10((voice / count + 1e-9) / (risen(0) + 1e-9)));
  }

  private float risen(int band) {
    return Math.max(loudness[band] - 2 * FLOOR_TO_NOISE * floor[band], 0);
  }

  /** Deviation of the level in the bands of the voice over the last frames, in dB. */
  private float deviation(float[] power) {
    double sum = 0;
    int count = 0;
    for (int band = 1; band < BANDS; band++) {
      if (isVoice(band)) {
        sum += 10 * Math.log10(power[band]);
        count++;
      }
    }
    float level = (float) (sum / count);
    if (frames == 0) {
      Arrays.fill(levels, level);
    }
    levels[frames % STEADY_FRAMES] = level;
    double mean = 0;
    for (float each : levels) {
      mean += each / STEADY_FRAMES;
    }
    double square = 0;
    for (float each : levels) {
      square += (each - mean) * (each - mean) / STEADY_FRAMES;
    }
    return (float) Math.sqrt(square);
  }

  private float lately(float low) {
    lowRises[frames % VOICED_FRAMES] = low;
    float most = 0;
    for (float each : lowRises) {
      most = Math.max(most, each);
    }
    return most;
  }

  private static boolean isVoice(int band) {
    return within(band, 250, 3500);
  }

  private static boolean within(int band, double fromHz, double toHz) {
    double centre = BuiltInDetector.Spectrum.BANDS.centreHz(band - 1);
    return centre > fromHz && centre <= toHz;
  }
}
