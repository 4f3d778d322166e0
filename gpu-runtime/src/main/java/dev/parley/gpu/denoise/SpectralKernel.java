package dev.parley.gpu.denoise;

import dev.parley.gpu.fft.RealFft;
import java.util.Arrays;

/**
 * One signal through the built-in denoiser. Frames of 512 samples every 160 are analysed with a
 * window that rises for long and falls in 160 samples, and put together with one that only opens
 * over the last 320 (Mauler and Martin, 2007, "A Low Delay, Variable Resolution, Perfect
 * Reconstruction Spectral Analysis-Synthesis System for Speech Enhancement"): the resolution of 32
 * ms at a delay of 20.
 */
final class SpectralKernel implements BlockStream.Kernel {

  static final int FRAME = 512;
  static final int BINS = FRAME / 2 + 1;
  private static final int HOP = 160;
  private static final int OPEN = 2 * HOP;

  /** Samples by which the answer trails, all but the hop that it waits for. */
  static final int DELAY = OPEN - HOP;

  private static final int HOPS_MAX = 16;

  /** Least gain, -24 dB: lower ones make what is left of noise sound like music. */
  private static final float GAIN_MIN = 0.06f;

  private static final float[] ANALYSIS = analysis();
  private static final float[] SYNTHESIS = synthesis();

  private final RealFft fft = RealFft.of(FRAME);
  private final NoiseTracker tracker = new NoiseTracker();
  private final GainRule rule = new GainRule();
  private final float[] recent = new float[FRAME];
  private final float[] frame = new float[FRAME];
  private final float[] re = new float[BINS];
  private final float[] im = new float[BINS];
  private final float[] power = new float[BINS];
  private final float[] gains = new float[BINS];
  private final float[] overlap = new float[HOP];

  @Override
  public int hop() {
    return HOP;
  }

  @Override
  public int delay() {
    return DELAY;
  }

  @Override
  public int hopsMax() {
    return HOPS_MAX;
  }

  @Override
  public void process(float[] in, int offset, int hops, float[] out) {
    for (int i = 0; i < hops; i++) {
      hop(in, offset + i * HOP, out, i * HOP);
    }
  }

  private void hop(float[] in, int offset, float[] out, int outOffset) {
    System.arraycopy(recent, HOP, recent, 0, FRAME - HOP);
    System.arraycopy(in, offset, recent, FRAME - HOP, HOP);
    for (int i = 0; i < FRAME; i++) {
      frame[i] = recent[i] * ANALYSIS[i];
    }
    fft.forward(frame, 0, re, im);
    for (int k = 0; k < BINS; k++) {
      power[k] = re[k] * re[k] + im[k] * im[k];
    }
    rule.gains(tracker.next(power), gains);
    for (int k = 0; k < BINS; k++) {
      float gain = Math.max(gains[k], GAIN_MIN);
      re[k] *= gain;
      im[k] *= gain;
    }
    fft.inverse(re, im, frame, 0);
    int open = FRAME - OPEN;
    for (int i = 0; i < HOP; i++) {
      out[outOffset + i] = overlap[i] + frame[open + i] * SYNTHESIS[open + i];
      overlap[i] = frame[open + HOP + i] * SYNTHESIS[open + HOP + i];
    }
  }

  @Override
  public void reset() {
    tracker.reset();
    Arrays.fill(recent, 0);
    Arrays.fill(overlap, 0);
  }

  @Override
  public void close() {}

  private static float[] analysis() {
    float[] window = new float[FRAME];
    int rise = FRAME - HOP;
    for (int i = 0; i < rise; i++) {
      window[i] = (float) Math.sin(Math.PI * (i + 0.5) / (2 * rise));
    }
    for (int i = 0; i < HOP; i++) {
      window[rise + i] = (float) Math.cos(Math.PI * (i + 0.5) / OPEN);
    }
    return window;
  }

  /** What makes the product of both windows a Hann window. */
  private static float[] synthesis() {
    float[] window = new float[FRAME];
    for (int i = 0; i < OPEN; i++) {
      double sine = Math.sin(Math.PI * (i + 0.5) / OPEN);
      window[FRAME - OPEN + i] = (float) (sine * sine / ANALYSIS[FRAME - OPEN + i]);
    }
    return window;
  }
}
