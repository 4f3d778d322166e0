package dev.parley.gpu.resample;

import dev.parley.gpu.simd.Simd;
import java.util.Objects;

/**
 * A stream of one channel on its way to another rate. Output sample k is the signal at time {@code
 * k / outRate}: the delay of the filters is taken off at the start, and after {@link #finish}
 * exactly {@code round(n * outRate / inRate)} samples came out for n that went in. Any split of the
 * input gives the same bits. Full scale does not matter; a value that is no number spoils its
 * neighbourhood. Allocates nothing after it was made; for one thread at a time, several channels
 * take one each.
 */
public final class Resampler {

  /** Rates that are accepted, in Hz. */
  public static final int RATE_MIN = 1000;

  /** The highest rate, in Hz. */
  public static final int RATE_MAX = 768_000;

  private final Plan plan;
  private final Chain chain;
  private final float[] silence;
  private long inputs;
  private long outputs;
  private boolean finished;

  private Resampler(Plan plan) {
    this.plan = plan;
    this.chain = chain(plan);
    this.silence = new float[chain.chunk()];
  }

  private static Chain chain(Plan plan) {
    if (plan.stages().isEmpty()) {
      return new PassThrough();
    }
    return switch (plan.profile()) {
      case REALTIME, HQ -> new FloatChain(plan, Simd.filter());
      case VHQ -> new WideChain(new DoubleChain(plan, Simd.doubleFilter()));
    };
  }

  /**
   * A stream from one rate to another; equal rates pass samples through untouched.
   *
   * @throws IllegalArgumentException if a rate lies outside 1000..768000 Hz
   */
  public static Resampler of(int inRate, int outRate, Profile profile) {
    check("inRate", inRate);
    check("outRate", outRate);
    return new Resampler(Plan.of(inRate, outRate, profile));
  }

  private static void check(String name, int rate) {
    if (rate < RATE_MIN || rate > RATE_MAX) {
      throw new IllegalArgumentException(
          name + ": " + rate + " (expected: " + RATE_MIN + ".." + RATE_MAX + " Hz)");
    }
  }

  /** Most that {@link #process} may write for {@code length} samples. */
  public int outputMax(int length) {
    return Math.toIntExact(plan.outputMax(length));
  }

  /**
   * Takes all {@code length} samples and writes what is ready.
   *
   * @return how many samples were written, 0 to {@link #outputMax}
   * @throws IllegalStateException after {@link #finish}, until {@link #reset}
   */
  public int process(float[] in, int inOffset, int length, float[] out, int outOffset) {
    Objects.checkFromIndexSize(inOffset, length, in.length);
    if (finished) {
      throw new IllegalStateException("process after finish (expected: reset first)");
    }
    int written = 0;
    for (int done = 0; done < length; ) {
      int part = Math.min(chain.chunk(), length - done);
      int count = chain.process(in, inOffset + done, part);
      System.arraycopy(chain.results(), 0, out, outOffset + written, count);
      written += count;
      done += part;
    }
    inputs += length;
    outputs += written;
    return written;
  }

  /** Exactly what {@link #finish} would write now. */
  public int finishMax() {
    return finished ? 0 : Math.toIntExact(plan.total(inputs) - outputs);
  }

  /**
   * Writes what is left.
   *
   * @return how many samples were written: {@link #finishMax}, 0 if finished before
   */
  public int finish(float[] out, int outOffset) {
    int left = finishMax();
    finished = true;
    Objects.checkFromIndexSize(outOffset, left, out.length);
    for (int written = 0; written < left; ) {
      int count = Math.min(chain.process(silence, 0, silence.length), left - written);
      System.arraycopy(chain.results(), 0, out, outOffset + written, count);
      written += count;
    }
    return left;
  }

  /** How far input must reach beyond an output's moment before that output comes, in seconds. */
  public double delaySeconds() {
    return plan.delaySeconds();
  }

  /** Back to the beginning, for another signal of the same rates. */
  public void reset() {
    chain.reset();
    inputs = 0;
    outputs = 0;
    finished = false;
  }
}
