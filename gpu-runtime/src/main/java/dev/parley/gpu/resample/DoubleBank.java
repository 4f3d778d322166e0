package dev.parley.gpu.resample;

import dev.parley.gpu.simd.DoubleFilterBlock;
import java.util.ArrayList;
import java.util.List;

/** The coefficients of a stage whose phases repeat soon: one block for each group of a period. */
record DoubleBank(Groups groups, List<DoubleFilterBlock> blocks) {

  static DoubleBank of(StagePlan plan, Groups groups) {
    List<DoubleFilterBlock> blocks = new ArrayList<>();
    for (int first = 0; first < groups.outputs(); first += groups.lanes()) {
      blocks.add(block(plan, groups, first));
    }
    return new DoubleBank(groups, List.copyOf(blocks));
  }

  private static DoubleFilterBlock block(StagePlan plan, Groups groups, int first) {
    int lanes = groups.lanes();
    double[] values = new double[groups.columns() * lanes];
    for (int lane = 0; lane < Math.min(lanes, groups.outputs() - first); lane++) {
      double[] taps = plan.filter().taps((double) plan.phase(first + lane) / plan.up());
      int column = (int) (plan.base(first + lane) - plan.base(first));
      for (double tap : taps) {
        values[column++ * lanes + lane] = tap;
      }
    }
    return new DoubleFilterBlock(groups.columns(), groups.columns() / 2, values);
  }
}
