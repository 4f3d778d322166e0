package dev.parley.gpu.features;

import dev.parley.gpu.fft.RealFft;

/**
 * The log-mel filter bank of the Kaldi toolkit for sound at 16 kHz: frames of 25 ms, one each 10
 * ms, none that hangs over an end; mean removed, pre-emphasis 0.97, Povey window, 512-point power
 * spectrum of samples at 16-bit scale, 80 bands from 20 Hz to 8 kHz, natural logarithm. Keeps
 * scratch memory: for one thread at a time. Calls allocate nothing.
 */
public final class KaldiFilterBank {

  /** Samples that a frame looks at. */
  public static final int FRAME_SAMPLES = 400;

  /** Samples from the start of a frame to that of the next. */
  public static final int HOP_SAMPLES = 160;

  /** Values of a frame. */
  public static final int BANDS = 80;

  private static final int FFT_SIZE = 512;
  private static final float FULL_SCALE = 32_768;
  private static final float PRE_EMPHASIS = 0.97f;
  private static final float FLOOR = 1.1920929e-7f;

  private static final MelBands TRIANGLES = new MelBands(BANDS, 20, 8000, FFT_SIZE, 16_000);
  private static final float[] WINDOW = window();

  private final RealFft fft = RealFft.of(FFT_SIZE);
  private final float[] framed = new float[FFT_SIZE];
  private final float[] real = new float[fft.bins()];
  private final float[] imaginary = new float[fft.bins()];
  private final float[] power = new float[fft.bins()];

  /** How many whole frames {@code samples} samples hold. */
  public static int frames(int samples) {
    return samples < FRAME_SAMPLES ? 0 : 1 + (samples - FRAME_SAMPLES) / HOP_SAMPLES;
  }

  /** Writes {@link #BANDS} values for the {@link #FRAME_SAMPLES} samples from {@code offset}. */
  public void frame(float[] samples, int offset, float[] out, int outOffset) {
    double sum = 0;
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      sum += samples[offset + i];
    }
    float mean = (float) (sum / FRAME_SAMPLES);
    // The sample before the first one is taken to equal it.
    float before = samples[offset] - mean;
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      float sample = samples[offset + i] - mean;
      framed[i] = (sample - PRE_EMPHASIS * before) * FULL_SCALE * WINDOW[i];
      before = sample;
    }
    fft.forward(framed, 0, real, imaginary);
    for (int i = 0; i < power.length; i++) {
      power[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
    }
    for (int band = 0; band < BANDS; band++) {
      out[outOffset + band] = (float) Math.log(Math.max(TRIANGLES.sum(power, band), FLOOR));
    }
  }

  private static float[] window() {
    float[] window = new float[FRAME_SAMPLES];
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / (FRAME_SAMPLES - 1));
      window[i] = (float) Math.pow(hann, 0.85);
    }
    return window;
  }
}
