package dev.parley.gpu.resample;

import dev.parley.gpu.simd.FilterSteps;
import java.util.List;

/** The stages of a plan, one after the other, on one stream. For one thread at a time. */
final class FloatChain implements Chain {

  private final FloatStage[] stages;
  private final float[][] between;
  private final int chunk;

  FloatChain(Plan plan, FilterSteps steps) {
    List<StagePlan> plans = plan.stages();
    this.stages = new FloatStage[plans.size()];
    this.between = new float[plans.size()][];
    this.chunk = plan.chunk();
    int arriving = chunk;
    for (int i = 0; i < stages.length; i++) {
      StagePlan stage = plans.get(i);
      stages[i] = stage(stage, steps, arriving);
      arriving = (int) (stage.outputMax(arriving) + stage.ready(0));
      between[i] = new float[arriving];
    }
  }

  private static FloatStage stage(StagePlan plan, FilterSteps steps, int chunk) {
    return Groups.fit(plan, steps.lanes())
        ? new FloatBankStage(plan, Tables.floatBank(plan, steps.lanes()), steps, chunk)
        : new FloatTableStage(plan, Tables.floatPhases(plan), steps, chunk);
  }

  @Override
  public int chunk() {
    return chunk;
  }

  @Override
  public int process(float[] in, int inOffset, int length) {
    int count = stages[0].process(in, inOffset, length, between[0], 0);
    for (int i = 1; i < stages.length; i++) {
      count = stages[i].process(between[i - 1], 0, count, between[i], 0);
    }
    return count;
  }

  @Override
  public float[] results() {
    return between[between.length - 1];
  }

  @Override
  public void reset() {
    for (FloatStage stage : stages) {
      stage.reset();
    }
  }
}
