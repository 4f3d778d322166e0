package dev.parley.gpu.resample;

import dev.parley.gpu.simd.DoubleFilterSteps;
import java.util.List;

/** The stages of a plan, one after the other, on one stream. For one thread at a time. */
final class DoubleChain {

  private final DoubleStage[] stages;
  private final double[][] between;
  private final int chunk;

  DoubleChain(Plan plan, DoubleFilterSteps steps) {
    List<StagePlan> plans = plan.stages();
    this.stages = new DoubleStage[plans.size()];
    this.between = new double[plans.size()][];
    this.chunk = plan.chunk();
    int arriving = chunk;
    for (int i = 0; i < stages.length; i++) {
      StagePlan stage = plans.get(i);
      stages[i] = stage(stage, steps, arriving);
      arriving = (int) (stage.outputMax(arriving) + stage.ready(0));
      between[i] = new double[arriving];
    }
  }

  private static DoubleStage stage(StagePlan plan, DoubleFilterSteps steps, int chunk) {
    return Groups.fit(plan, steps.lanes())
        ? new DoubleBankStage(plan, Tables.doubleBank(plan, steps.lanes()), steps, chunk)
        : new DoubleTableStage(plan, Tables.doublePhases(plan), steps, chunk);
  }

  int chunk() {
    return chunk;
  }

  int process(double[] in, int inOffset, int length) {
    int count = stages[0].process(in, inOffset, length, between[0], 0);
    for (int i = 1; i < stages.length; i++) {
      count = stages[i].process(between[i - 1], 0, count, between[i], 0);
    }
    return count;
  }

  double[] results() {
    return between[between.length - 1];
  }

  void reset() {
    for (DoubleStage stage : stages) {
      stage.reset();
    }
  }
}
