package dev.parley.gpu.resample;

import dev.parley.gpu.simd.FilterBlock;
import java.util.ArrayList;
import java.util.List;

/** The coefficients of a stage whose phases repeat soon: one block for each group of a period. */
record FloatBank(Groups groups, List<FilterBlock> blocks) {

  static FloatBank of(StagePlan plan, Groups groups) {
    List<FilterBlock> blocks = new ArrayList<>();
    for (int first = 0; first < groups.outputs(); first += groups.lanes()) {
      blocks.add(block(plan, groups, first));
    }
    return new FloatBank(groups, List.copyOf(blocks));
  }

  private static FilterBlock block(StagePlan plan, Groups groups, int first) {
    int lanes = groups.lanes();
    float[] values = new float[groups.columns() * lanes];
    for (int lane = 0; lane < Math.min(lanes, groups.outputs() - first); lane++) {
      double[] taps = plan.filter().taps((double) plan.phase(first + lane) / plan.up());
      int column = (int) (plan.base(first + lane) - plan.base(first));
      for (double tap : taps) {
        values[column++ * lanes + lane] = (float) tap;
      }
    }
    return new FilterBlock(groups.columns(), groups.columns() / 2, values);
  }
}
