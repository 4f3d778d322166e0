package dev.parley.gpu.resample;

import dev.parley.gpu.simd.DoubleFilterSteps;

/** A stage whose phases hardly repeat: each output blends four rows of a table. */
final class DoubleTableStage extends DoubleStage {

  private final DoubleFilterSteps steps;
  private final int phases;
  private final int columns;
  private final double[] table;
  private final double[] weights = new double[4];

  DoubleTableStage(StagePlan plan, DoublePhases table, DoubleFilterSteps steps, int chunk) {
    super(plan, 1, table.columns(), chunk);
    this.steps = steps;
    this.phases = table.phases();
    this.columns = table.columns();
    this.table = table.values();
    reset();
  }

  @Override
  long oldest(long output) {
    return plan().base(output) - plan().filter().reach();
  }

  @Override
  void compute(double[] signal, long first, long output, int count, double[] out, int outOffset) {
    for (int i = 0; i < count; i++) {
      double place = (double) plan().phase(output + i) / plan().up() * phases;
      int row = (int) place;
      weigh(place - row);
      int at = (int) (oldest(output + i) - first);
      out[outOffset + i] = steps.blend(table, row * columns, columns, weights, signal, at);
    }
  }

  /** The cubic through four rows, at a place between the second and the third. */
  private void weigh(double x) {
    weights[0] = (-x * (x - 1) * (x - 2) / 6);
    weights[1] = ((x + 1) * (x - 1) * (x - 2) / 2);
    weights[2] = (-(x + 1) * x * (x - 2) / 2);
    weights[3] = ((x + 1) * x * (x - 1) / 6);
  }
}
