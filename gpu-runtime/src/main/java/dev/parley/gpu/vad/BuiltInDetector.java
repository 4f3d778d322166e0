package dev.parley.gpu.vad;

import dev.parley.gpu.features.MelBands;
import dev.parley.gpu.fft.RealFft;
import java.util.Arrays;

/**
 * Speech by signal processing alone, for machines without a model: how far the bands of speech rise
 * over the noise floor, less what speaks against speech. Those are sounds that hold still, rumble
 * from below the voice, and hiss that no voiced sound came before. Windows of 32 ms, one each 10
 * ms; a window reaches 20 ms beyond its chunk. The weights were set by hand so that the recordings
 * of noise stay silent.
 */
final class BuiltInDetector implements StreamingDetector {

  static final int CHUNK = 160;
  private static final int WINDOW = 512;
  private static final int DELAY_CHUNKS = 2;

  private final String name;

  BuiltInDetector(String name) {
    this.name = name;
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
  public int delaySamples() {
    return DELAY_CHUNKS * CHUNK;
  }

  @Override
  public ChunkBatch batch(int rowsMax) {
    if (rowsMax < 1) {
      throw new IllegalArgumentException("rowsMax: " + rowsMax + " (expected: 1 or more)");
    }
    return new OneByOne(rowsMax);
  }

  @Override
  public void close() {}

  private record OneByOne(int rowsMax) implements ChunkBatch {
    @Override
    public Row open() {
      return new BuiltInRow();
    }

    @Override
    public void run(Row[] rows, int count) {
      for (int i = 0; i < count; i++) {
        ((BuiltInRow) rows[i]).hear();
      }
    }

    @Override
    public void close() {}
  }

  private static final class BuiltInRow implements ChunkBatch.Row {
    private final float[] chunk = new float[CHUNK];
    private final float[] history = new float[WINDOW];
    private final Spectrum spectrum = new Spectrum();
    private final SpeechEvidence evidence = new SpeechEvidence();
    private int chunks;
    private float probability;

    @Override
    public float[] chunk() {
      return chunk;
    }

    @Override
    public boolean ready() {
      return chunks > DELAY_CHUNKS;
    }

    @Override
    public float probability() {
      return probability;
    }

    private void hear() {
      System.arraycopy(history, CHUNK, history, 0, WINDOW - CHUNK);
      System.arraycopy(chunk, 0, history, WINDOW - CHUNK, CHUNK);
      chunks = Math.min(chunks + 1, DELAY_CHUNKS + 1);
      if (!ready()) {
        return;
      }
      float odds = evidence.hear(spectrum.of(history));
      if (Float.isNaN(odds)) {
        // It heard something that is no number, and would never recover.
        Arrays.fill(history, 0);
        evidence.reset();
        probability = 0;
        return;
      }
      probability = (float) (1 / (1 + Math.exp(-odds)));
    }
  }

  /** Mean power in the bands that {@link SpeechEvidence} looks at. */
  static final class Spectrum {
    static final MelBands BANDS = new MelBands(24, 100, 7600, WINDOW, SpeechDetector.RATE_HZ);

    /** Bins of the lowest band, which holds rumble: 31 to 220 Hz. */
    private static final int RUMBLE_BINS = 7;

    /** Power of digital silence: -90 dB below full scale. */
    private static final float SILENCE = 1e-9f;

    private static final float[] HANN = hann();

    private final RealFft fft = RealFft.of(WINDOW);
    private final float[] framed = new float[WINDOW];
    private final float[] real = new float[fft.bins()];
    private final float[] imaginary = new float[fft.bins()];
    private final float[] power = new float[fft.bins()];
    private final float[] bands = new float[1 + BANDS.bands()];

    float[] of(float[] samples) {
      double sum = 0;
      for (float sample : samples) {
        sum += sample;
      }
      float mean = (float) (sum / WINDOW);
      for (int i = 0; i < WINDOW; i++) {
        framed[i] = (samples[i] - mean) * HANN[i];
      }
      fft.forward(framed, 0, real, imaginary);
      for (int i = 0; i < power.length; i++) {
        power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
      }
      bands[0] = SILENCE;
      for (int i = 1; i <= RUMBLE_BINS; i++) {
        bands[0] += power[i] / RUMBLE_BINS;
      }
      for (int band = 0; band < BANDS.bands(); band++) {
        bands[1 + band] = SILENCE + BANDS.mean(power, band);
      }
      return bands;
    }

    /** Scaled so that the power of white noise is its mean square. */
    private static float[] hann() {
      double[] window = new double[WINDOW];
      double energy = 0;
      for (int i = 0; i < WINDOW; i++) {
        window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / WINDOW);
        energy += window[i] * window[i];
      }
      float[] scaled = new float[WINDOW];
      for (int i = 0; i < WINDOW; i++) {
        scaled[i] = (float) (window[i] / Math.sqrt(energy));
      }
      return scaled;
    }
  }
}
