package dev.parley.gpu.loudness;

import java.util.Arrays;

/**
 * Measures the integrated loudness of one sound after ITU-R BS.1770-4: weighted as the head and the
 * ear do, in blocks of 400 ms of which three quarters overlap, without those that are silent or far
 * below the rest. Every channel counts alike, so it is right for one and two channels, and for more
 * only where none is a surround or effects channel. Holds 80 bytes for each second that it heard.
 * For one thread at a time.
 */
public final class LoudnessMeter {

  /** Rates below have no room for the weighting. */
  public static final int RATE_MIN_HZ = 8_000;

  /** Blocks below are silence, in LUFS. */
  public static final double SILENCE_LUFS = -70;

  private static final double OFFSET_LU = -0.691;
  private static final double RELATIVE_GATE_LU = -10;
  private static final int STEPS_A_SECOND = 10;
  private static final int STEPS_IN_A_BLOCK = 4;

  private final Biquad[] heads;
  private final Biquad[] highPasses;
  private final int rateHz;

  /** Sums of squares over all channels, for each finished step of 100 ms. */
  private double[] steps = new double[64];

  private int[] lengths = new int[64];
  private int count;
  private double sum;
  private int filled;
  private long heard;

  /**
   * @param rateHz {@link #RATE_MIN_HZ} or more
   * @param channels 1 or more
   */
  public LoudnessMeter(int rateHz, int channels) {
    if (rateHz < RATE_MIN_HZ) {
      throw new IllegalArgumentException(
          "rate: " + rateHz + " Hz (expected: " + RATE_MIN_HZ + " or more)");
    }
    if (channels < 1) {
      throw new IllegalArgumentException("channels: " + channels + " (expected: 1 or more)");
    }
    this.rateHz = rateHz;
    this.heads = new Biquad[channels];
    this.highPasses = new Biquad[channels];
    for (int i = 0; i < channels; i++) {
      heads[i] = new Biquad(Biquad.Response.head(rateHz));
      highPasses[i] = new Biquad(Biquad.Response.highPass(rateHz));
    }
  }

  /** Hears the first {@code frames} of every channel; full scale is 1. */
  public void process(float[][] planes, int frames) {
    for (int at = 0; at < frames; ) {
      int part = Math.min(frames - at, stepEnd() - filled);
      for (int channel = 0; channel < heads.length; channel++) {
        sum += energy(channel, planes[channel], at, part);
      }
      at += part;
      filled += part;
      if (filled == stepEnd()) {
        endStep();
      }
    }
  }

  private double energy(int channel, float[] plane, int from, int length) {
    Biquad head = heads[channel];
    Biquad highPass = highPasses[channel];
    double energy = 0;
    for (int i = from; i < from + length; i++) {
      double weighted = highPass.next(head.next(plane[i]));
      energy += weighted * weighted;
    }
    return energy;
  }

  /** Frames of the step that is being filled: where 100 ms are no whole number, they take turns. */
  private int stepEnd() {
    long end = (long) rateHz * (count + 1) / STEPS_A_SECOND;
    return Math.toIntExact(end - heard);
  }

  private void endStep() {
    if (count == steps.length) {
      steps = Arrays.copyOf(steps, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    steps[count] = sum;
    lengths[count] = filled;
    count++;
    heard += filled;
    sum = 0;
    filled = 0;
  }

  /**
   * The loudness of what was heard so far, in LUFS; negative infinity when it is silent or shorter
   * than one block of 400 ms.
   */
  public double integratedLufs() {
    double audible = mean(power(SILENCE_LUFS));
    double gate = audible * Math.pow(10, RELATIVE_GATE_LU / 10);
    return OFFSET_LU + 10 * Math.log10(mean(Math.max(gate, power(SILENCE_LUFS))));
  }

  private static double power(double lufs) {
    return Math.pow(10, (lufs - OFFSET_LU) / 10);
  }

  /** Mean power of the blocks above a power; 0 when there is none. */
  private double mean(double above) {
    double total = 0;
    int blocks = 0;
    for (int i = 0; i + STEPS_IN_A_BLOCK <= count; i++) {
      double energy = 0;
      int length = 0;
      for (int step = i; step < i + STEPS_IN_A_BLOCK; step++) {
        energy += steps[step];
        length += lengths[step];
      }
      double power = energy / length;
      if (power > above) {
        total += power;
        blocks++;
      }
    }
    return blocks == 0 ? 0 : total / blocks;
  }
}
