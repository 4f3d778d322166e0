package dev.parley.gpu.resample;

import dev.parley.gpu.simd.FilterSteps;

/**
 * A stage whose phases repeat: neighbouring outputs are worked out together, whole groups at a
 * time. Of a group that is not complete, or was begun earlier, only the outputs asked for are
 * handed on.
 */
final class FloatBankStage extends FloatStage {

  private final FilterSteps steps;
  private final FloatBank bank;
  private final Groups groups;
  private final int stride;
  private final float[] results;

  FloatBankStage(StagePlan plan, FloatBank bank, FilterSteps steps, int chunk) {
    super(plan, 0, bank.groups().columns(), chunk);
    this.steps = steps;
    this.bank = bank;
    this.groups = bank.groups();
    this.stride = (int) (plan.base(groups.outputs()) - plan.base(0));
    long most = plan.outputMax(chunk) + plan.ready(0);
    this.results = new float[(int) (most + groups.outputs() + 2L * groups.lanes())];
    reset();
  }

  @Override
  long oldest(long output) {
    return plan().base(groups.first(output)) - plan().filter().reach() + 1;
  }

  @Override
  void compute(float[] signal, long first, long output, int count, float[] out, int outOffset) {
    long end = output + count - 1;
    long period = output / groups.outputs();
    int periods = (int) (end / groups.outputs() - period);
    // From the last group to the first: empty lanes of the last overlap the next period's first.
    for (int group = groups.count() - 1; group >= 0; group--) {
      int from = group < groups.index(output) ? 1 : 0;
      int to = group > groups.index(end) ? periods - 1 : periods;
      if (from <= to) {
        int place = from * groups.outputs() + group * groups.lanes();
        int at = (int) (oldest(period * groups.outputs() + place) - first);
        steps.apply(
            bank.blocks().get(group),
            signal,
            at,
            stride,
            to - from + 1,
            results,
            place,
            groups.outputs());
      }
    }
    int begin = (int) (output - period * groups.outputs());
    System.arraycopy(results, begin, out, outOffset, count);
  }
}
