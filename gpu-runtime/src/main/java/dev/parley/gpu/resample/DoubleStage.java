package dev.parley.gpu.resample;

import java.util.Arrays;

/**
 * One change of rate on a stream. Keeps the stretch of input that outputs to come still look at;
 * before the first sample there is silence.
 */
abstract class DoubleStage {

  private final StagePlan plan;
  private final int lookahead;
  private final double[] buffer;
  private long first;
  private int filled;
  private long inputs;
  private long produced;

  /**
   * @param lookahead inputs that must be there beyond those that the filter needs
   * @param columns most that one output or group of outputs looks at
   * @param chunk most that arrives at a time
   */
  DoubleStage(StagePlan plan, int lookahead, int columns, int chunk) {
    this.plan = plan;
    this.lookahead = lookahead;
    long early = Math.max(0, -plan.start() / plan.up());
    this.buffer = new double[(int) (early + 3L * columns + plan.down() / plan.up() + chunk + 4)];
  }

  /** The first input that an output, or the group it belongs to, looks at. */
  abstract long oldest(long output);

  /** Works out {@code count} outputs; input {@code i} lies at {@code i - first} of the signal. */
  abstract void compute(
      double[] signal, long first, long output, int count, double[] out, int outOffset);

  final StagePlan plan() {
    return plan;
  }

  /** Back to silence. Subclasses call it when they are built. */
  final void reset() {
    Arrays.fill(buffer, 0);
    first = Math.min(0, oldest(0));
    filled = (int) -first;
    inputs = 0;
    produced = 0;
  }

  final int process(double[] in, int inOffset, int length, double[] out, int outOffset) {
    System.arraycopy(in, inOffset, buffer, filled, length);
    filled += length;
    inputs += length;
    int count = (int) (plan.ready(inputs - lookahead) - produced);
    if (count > 0) {
      compute(buffer, first, produced, count, out, outOffset);
      produced += count;
    }
    int done = Math.clamp(oldest(produced) - first, 0, filled);
    System.arraycopy(buffer, done, buffer, 0, filled - done);
    filled -= done;
    first += done;
    return Math.max(0, count);
  }
}
