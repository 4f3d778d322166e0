package dev.parley.gpu.tempo;

import java.util.Objects;

/**
 * A stream of one channel, made slower or faster without a change of its pitch (WSOLA; Verhelst and
 * Roelands 1993). Output is made in hops of 10 ms, each the signal from about where it should be by
 * now, moved by at most 8 ms so that it goes on as the hop before would have. The moment {@code t}
 * of the input is heard at {@code t / speed}, give or take that search and a hop, and after {@link
 * #finish} exactly {@code round(n / speed)} samples came out for n that went in. Any split of the
 * input gives the same bits. Allocates nothing after it was made; for one thread at a time, several
 * channels that belong together are best mixed before.
 */
public final class Tempo {

  /** Slowest speed. */
  public static final double SPEED_MIN = 0.25;

  /** Fastest speed. */
  public static final double SPEED_MAX = 4;

  /** Rates that are accepted, in Hz. */
  public static final int RATE_MIN = 1000;

  /** The highest rate, in Hz. */
  public static final int RATE_MAX = 768_000;

  private final int rateHz;
  private final double speed;
  private final Hops hops;
  private long inputs;
  private long outputs;
  private boolean finished;

  private Tempo(int rateHz, double speed) {
    this.rateHz = rateHz;
    this.speed = speed;
    this.hops = new Hops(rateHz, speed);
  }

  /**
   * A stream at another speed; 1 passes samples through untouched.
   *
   * @param speed 0.25..4; 2 is twice as fast
   * @throws IllegalArgumentException if the rate lies outside 1000..768000 Hz, or the speed outside
   *     its range
   */
  public static Tempo of(int rateHz, double speed) {
    if (rateHz < RATE_MIN || rateHz > RATE_MAX) {
      throw new IllegalArgumentException(
          "rateHz: " + rateHz + " (expected: " + RATE_MIN + ".." + RATE_MAX + " Hz)");
    }
    if (!(speed >= SPEED_MIN && speed <= SPEED_MAX)) {
      throw new IllegalArgumentException(
          "speed: " + speed + " (expected: " + SPEED_MIN + ".." + SPEED_MAX + ")");
    }
    return new Tempo(rateHz, speed);
  }

  /** Most that {@link #process} may write for {@code length} samples. */
  public int outputMax(int length) {
    return speed == 1 ? length : hops.outputMax(length);
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
    int written = length;
    if (speed == 1) {
      System.arraycopy(in, inOffset, out, outOffset, length);
    } else {
      written = hops.process(in, inOffset, length, out, outOffset);
    }
    inputs += length;
    outputs += written;
    return written;
  }

  /** Exactly what {@link #finish} would write now. */
  public int finishMax() {
    return finished ? 0 : Math.toIntExact(Math.round(inputs / speed) - outputs);
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
    if (left > 0) {
      hops.finish(left, out, outOffset);
    }
    return left;
  }

  /** How far input must reach beyond an output's moment before that output comes, in seconds. */
  public double delaySeconds() {
    return speed == 1 ? 0 : (double) hops.lookAhead() / rateHz;
  }

  /** Back to the beginning, for another signal of the same rate and speed. */
  public void reset() {
    hops.reset();
    inputs = 0;
    outputs = 0;
    finished = false;
  }
}
