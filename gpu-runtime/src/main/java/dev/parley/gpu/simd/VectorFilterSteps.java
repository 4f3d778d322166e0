package dev.parley.gpu.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in the widest vectors of the machine. Lanes are neighbouring results; a column of
 * coefficients is loaded once for eight places of the signal, since loads cost more than products.
 */
final class VectorFilterSteps implements FilterSteps {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void apply(
      FilterBlock block,
      float[] in,
      int at,
      int inStride,
      int count,
      float[] out,
      int outAt,
      int outStride) {
    int b = 0;
    for (; b + 8 <= count; b += 8) {
      apply8(block, in, at + b * inStride, inStride, out, outAt + b * outStride, outStride);
    }
    for (; b + 4 <= count; b += 4) {
      apply4(block, in, at + b * inStride, inStride, out, outAt + b * outStride, outStride);
    }
    for (; b < count; b++) {
      apply1(block, in, at + b * inStride, out, outAt + b * outStride);
    }
  }

  private static void apply8(
      FilterBlock block, float[] in, int at, int inStride, float[] out, int outAt, int outStride) {
    float[] t = block.coefficients();
    int middle = block.middle();
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    FloatVector sum4 = FloatVector.zero(SPECIES);
    FloatVector sum5 = FloatVector.zero(SPECIES);
    FloatVector sum6 = FloatVector.zero(SPECIES);
    FloatVector sum7 = FloatVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(FloatVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(FloatVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(FloatVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(FloatVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
      sum4 = h.fma(FloatVector.broadcast(SPECIES, in[x + 4 * inStride]), sum4);
      sum5 = h.fma(FloatVector.broadcast(SPECIES, in[x + 5 * inStride]), sum5);
      sum6 = h.fma(FloatVector.broadcast(SPECIES, in[x + 6 * inStride]), sum6);
      sum7 = h.fma(FloatVector.broadcast(SPECIES, in[x + 7 * inStride]), sum7);
    }
    sum0.intoArray(out, outAt);
    sum1.intoArray(out, outAt + outStride);
    sum2.intoArray(out, outAt + 2 * outStride);
    sum3.intoArray(out, outAt + 3 * outStride);
    sum4.intoArray(out, outAt + 4 * outStride);
    sum5.intoArray(out, outAt + 5 * outStride);
    sum6.intoArray(out, outAt + 6 * outStride);
    sum7.intoArray(out, outAt + 7 * outStride);
    sum0 = FloatVector.zero(SPECIES);
    sum1 = FloatVector.zero(SPECIES);
    sum2 = FloatVector.zero(SPECIES);
    sum3 = FloatVector.zero(SPECIES);
    sum4 = FloatVector.zero(SPECIES);
    sum5 = FloatVector.zero(SPECIES);
    sum6 = FloatVector.zero(SPECIES);
    sum7 = FloatVector.zero(SPECIES);
    for (int c = block.columns() - 1; c >= middle; c--) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(FloatVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(FloatVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(FloatVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(FloatVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
      sum4 = h.fma(FloatVector.broadcast(SPECIES, in[x + 4 * inStride]), sum4);
      sum5 = h.fma(FloatVector.broadcast(SPECIES, in[x + 5 * inStride]), sum5);
      sum6 = h.fma(FloatVector.broadcast(SPECIES, in[x + 6 * inStride]), sum6);
      sum7 = h.fma(FloatVector.broadcast(SPECIES, in[x + 7 * inStride]), sum7);
    }
    sum0.add(FloatVector.fromArray(SPECIES, out, outAt)).intoArray(out, outAt);
    sum1.add(FloatVector.fromArray(SPECIES, out, outAt + outStride))
        .intoArray(out, outAt + outStride);
    sum2.add(FloatVector.fromArray(SPECIES, out, outAt + 2 * outStride))
        .intoArray(out, outAt + 2 * outStride);
    sum3.add(FloatVector.fromArray(SPECIES, out, outAt + 3 * outStride))
        .intoArray(out, outAt + 3 * outStride);
    sum4.add(FloatVector.fromArray(SPECIES, out, outAt + 4 * outStride))
        .intoArray(out, outAt + 4 * outStride);
    sum5.add(FloatVector.fromArray(SPECIES, out, outAt + 5 * outStride))
        .intoArray(out, outAt + 5 * outStride);
    sum6.add(FloatVector.fromArray(SPECIES, out, outAt + 6 * outStride))
        .intoArray(out, outAt + 6 * outStride);
    sum7.add(FloatVector.fromArray(SPECIES, out, outAt + 7 * outStride))
        .intoArray(out, outAt + 7 * outStride);
  }

  private static void apply4(
      FilterBlock block, float[] in, int at, int inStride, float[] out, int outAt, int outStride) {
    float[] t = block.coefficients();
    int middle = block.middle();
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(FloatVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(FloatVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(FloatVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(FloatVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
    }
    sum0.intoArray(out, outAt);
    sum1.intoArray(out, outAt + outStride);
    sum2.intoArray(out, outAt + 2 * outStride);
    sum3.intoArray(out, outAt + 3 * outStride);
    sum0 = FloatVector.zero(SPECIES);
    sum1 = FloatVector.zero(SPECIES);
    sum2 = FloatVector.zero(SPECIES);
    sum3 = FloatVector.zero(SPECIES);
    for (int c = block.columns() - 1; c >= middle; c--) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(FloatVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(FloatVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(FloatVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(FloatVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
    }
    sum0.add(FloatVector.fromArray(SPECIES, out, outAt)).intoArray(out, outAt);
    sum1.add(FloatVector.fromArray(SPECIES, out, outAt + outStride))
        .intoArray(out, outAt + outStride);
    sum2.add(FloatVector.fromArray(SPECIES, out, outAt + 2 * outStride))
        .intoArray(out, outAt + 2 * outStride);
    sum3.add(FloatVector.fromArray(SPECIES, out, outAt + 3 * outStride))
        .intoArray(out, outAt + 3 * outStride);
  }

  /** One place only: the two sums side by side, as one alone would wait for itself. */
  private static void apply1(FilterBlock block, float[] in, int at, float[] out, int outAt) {
    float[] t = block.coefficients();
    int middle = block.middle();
    int last = block.columns() - 1;
    FloatVector left = FloatVector.zero(SPECIES);
    FloatVector right = FloatVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      FloatVector g = FloatVector.fromArray(SPECIES, t, (last - c) * LANES);
      left = h.fma(FloatVector.broadcast(SPECIES, in[at + c]), left);
      right = g.fma(FloatVector.broadcast(SPECIES, in[at + last - c]), right);
    }
    for (int c = last - middle; c >= middle; c--) {
      FloatVector h = FloatVector.fromArray(SPECIES, t, c * LANES);
      right = h.fma(FloatVector.broadcast(SPECIES, in[at + c]), right);
    }
    right.add(left).intoArray(out, outAt);
  }

  @Override
  public float blend(float[] table, int row, int length, float[] weights, float[] in, int at) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int bound = SPECIES.loopBound(length);
    for (int c = 0; c < bound; c += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, in, at + c);
      int t = row + c;
      sum0 = x.fma(FloatVector.fromArray(SPECIES, table, t), sum0);
      sum1 = x.fma(FloatVector.fromArray(SPECIES, table, t + length), sum1);
      sum2 = x.fma(FloatVector.fromArray(SPECIES, table, t + 2 * length), sum2);
      sum3 = x.fma(FloatVector.fromArray(SPECIES, table, t + 3 * length), sum3);
    }
    float sum =
        sum0.mul(weights[0])
            .add(sum1.mul(weights[1]))
            .add(sum2.mul(weights[2]).add(sum3.mul(weights[3])))
            .reduceLanes(VectorOperators.ADD);
    for (int c = bound; c < length; c++) {
      int t = row + c;
      float h = weights[0] * table[t] + weights[1] * table[t + length];
      h += weights[2] * table[t + 2 * length] + weights[3] * table[t + 3 * length];
      sum += h * in[at + c];
    }
    return sum;
  }

  @Override
  public float dot(float[] a, int aAt, float[] b, int bAt, int length) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      sum0 =
          FloatVector.fromArray(SPECIES, a, aAt + i)
              .fma(FloatVector.fromArray(SPECIES, b, bAt + i), sum0);
      sum1 =
          FloatVector.fromArray(SPECIES, a, aAt + i + LANES)
              .fma(FloatVector.fromArray(SPECIES, b, bAt + i + LANES), sum1);
    }
    float sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }
}
