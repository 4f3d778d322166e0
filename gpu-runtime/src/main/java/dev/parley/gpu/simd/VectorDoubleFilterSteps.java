package dev.parley.gpu.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in the widest vectors of the machine. Lanes are neighbouring results; a column of
 * coefficients is loaded once for eight places of the signal, since loads cost more than products.
 */
final class VectorDoubleFilterSteps implements DoubleFilterSteps {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void apply(
      DoubleFilterBlock block,
      double[] in,
      int at,
      int inStride,
      int count,
      double[] out,
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
      DoubleFilterBlock block,
      double[] in,
      int at,
      int inStride,
      double[] out,
      int outAt,
      int outStride) {
    double[] t = block.coefficients();
    int middle = block.middle();
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    DoubleVector sum4 = DoubleVector.zero(SPECIES);
    DoubleVector sum5 = DoubleVector.zero(SPECIES);
    DoubleVector sum6 = DoubleVector.zero(SPECIES);
    DoubleVector sum7 = DoubleVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(DoubleVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(DoubleVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
      sum4 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 4 * inStride]), sum4);
      sum5 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 5 * inStride]), sum5);
      sum6 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 6 * inStride]), sum6);
      sum7 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 7 * inStride]), sum7);
    }
    sum0.intoArray(out, outAt);
    sum1.intoArray(out, outAt + outStride);
    sum2.intoArray(out, outAt + 2 * outStride);
    sum3.intoArray(out, outAt + 3 * outStride);
    sum4.intoArray(out, outAt + 4 * outStride);
    sum5.intoArray(out, outAt + 5 * outStride);
    sum6.intoArray(out, outAt + 6 * outStride);
    sum7.intoArray(out, outAt + 7 * outStride);
    sum0 = DoubleVector.zero(SPECIES);
    sum1 = DoubleVector.zero(SPECIES);
    sum2 = DoubleVector.zero(SPECIES);
    sum3 = DoubleVector.zero(SPECIES);
    sum4 = DoubleVector.zero(SPECIES);
    sum5 = DoubleVector.zero(SPECIES);
    sum6 = DoubleVector.zero(SPECIES);
    sum7 = DoubleVector.zero(SPECIES);
    for (int c = block.columns() - 1; c >= middle; c--) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(DoubleVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(DoubleVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
      sum4 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 4 * inStride]), sum4);
      sum5 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 5 * inStride]), sum5);
      sum6 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 6 * inStride]), sum6);
      sum7 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 7 * inStride]), sum7);
    }
    sum0.add(DoubleVector.fromArray(SPECIES, out, outAt)).intoArray(out, outAt);
    sum1.add(DoubleVector.fromArray(SPECIES, out, outAt + outStride))
        .intoArray(out, outAt + outStride);
    sum2.add(DoubleVector.fromArray(SPECIES, out, outAt + 2 * outStride))
        .intoArray(out, outAt + 2 * outStride);
    sum3.add(DoubleVector.fromArray(SPECIES, out, outAt + 3 * outStride))
        .intoArray(out, outAt + 3 * outStride);
    sum4.add(DoubleVector.fromArray(SPECIES, out, outAt + 4 * outStride))
        .intoArray(out, outAt + 4 * outStride);
    sum5.add(DoubleVector.fromArray(SPECIES, out, outAt + 5 * outStride))
        .intoArray(out, outAt + 5 * outStride);
    sum6.add(DoubleVector.fromArray(SPECIES, out, outAt + 6 * outStride))
        .intoArray(out, outAt + 6 * outStride);
    sum7.add(DoubleVector.fromArray(SPECIES, out, outAt + 7 * outStride))
        .intoArray(out, outAt + 7 * outStride);
  }

  private static void apply4(
      DoubleFilterBlock block,
      double[] in,
      int at,
      int inStride,
      double[] out,
      int outAt,
      int outStride) {
    double[] t = block.coefficients();
    int middle = block.middle();
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(DoubleVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(DoubleVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
    }
    sum0.intoArray(out, outAt);
    sum1.intoArray(out, outAt + outStride);
    sum2.intoArray(out, outAt + 2 * outStride);
    sum3.intoArray(out, outAt + 3 * outStride);
    sum0 = DoubleVector.zero(SPECIES);
    sum1 = DoubleVector.zero(SPECIES);
    sum2 = DoubleVector.zero(SPECIES);
    sum3 = DoubleVector.zero(SPECIES);
    for (int c = block.columns() - 1; c >= middle; c--) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      int x = at + c;
      sum0 = h.fma(DoubleVector.broadcast(SPECIES, in[x]), sum0);
      sum1 = h.fma(DoubleVector.broadcast(SPECIES, in[x + inStride]), sum1);
      sum2 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 2 * inStride]), sum2);
      sum3 = h.fma(DoubleVector.broadcast(SPECIES, in[x + 3 * inStride]), sum3);
    }
    sum0.add(DoubleVector.fromArray(SPECIES, out, outAt)).intoArray(out, outAt);
    sum1.add(DoubleVector.fromArray(SPECIES, out, outAt + outStride))
        .intoArray(out, outAt + outStride);
    sum2.add(DoubleVector.fromArray(SPECIES, out, outAt + 2 * outStride))
        .intoArray(out, outAt + 2 * outStride);
    sum3.add(DoubleVector.fromArray(SPECIES, out, outAt + 3 * outStride))
        .intoArray(out, outAt + 3 * outStride);
  }

  /** One place only: the two sums side by side, as one alone would wait for itself. */
  private static void apply1(
      DoubleFilterBlock block, double[] in, int at, double[] out, int outAt) {
    double[] t = block.coefficients();
    int middle = block.middle();
    int last = block.columns() - 1;
    DoubleVector left = DoubleVector.zero(SPECIES);
    DoubleVector right = DoubleVector.zero(SPECIES);
    for (int c = 0; c < middle; c++) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      DoubleVector g = DoubleVector.fromArray(SPECIES, t, (last - c) * LANES);
      left = h.fma(DoubleVector.broadcast(SPECIES, in[at + c]), left);
      right = g.fma(DoubleVector.broadcast(SPECIES, in[at + last - c]), right);
    }
    for (int c = last - middle; c >= middle; c--) {
      DoubleVector h = DoubleVector.fromArray(SPECIES, t, c * LANES);
      right = h.fma(DoubleVector.broadcast(SPECIES, in[at + c]), right);
    }
    right.add(left).intoArray(out, outAt);
  }

  @Override
  public double blend(double[] table, int row, int length, double[] weights, double[] in, int at) {
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    DoubleVector sum2 = DoubleVector.zero(SPECIES);
    DoubleVector sum3 = DoubleVector.zero(SPECIES);
    int bound = SPECIES.loopBound(length);
    for (int c = 0; c < bound; c += LANES) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, in, at + c);
      int t = row + c;
      sum0 = x.fma(DoubleVector.fromArray(SPECIES, table, t), sum0);
      sum1 = x.fma(DoubleVector.fromArray(SPECIES, table, t + length), sum1);
      sum2 = x.fma(DoubleVector.fromArray(SPECIES, table, t + 2 * length), sum2);
      sum3 = x.fma(DoubleVector.fromArray(SPECIES, table, t + 3 * length), sum3);
    }
    double sum =
        sum0.mul(weights[0])
            .add(sum1.mul(weights[1]))
            .add(sum2.mul(weights[2]).add(sum3.mul(weights[3])))
            .reduceLanes(VectorOperators.ADD);
    for (int c = bound; c < length; c++) {
      int t = row + c;
      double h = weights[0] * table[t] + weights[1] * table[t + length];
      h += weights[2] * table[t + 2 * length] + weights[3] * table[t + 3 * length];
      sum += h * in[at + c];
    }
    return sum;
  }

  @Override
  public double dot(double[] a, int aAt, double[] b, int bAt, int length) {
    DoubleVector sum0 = DoubleVector.zero(SPECIES);
    DoubleVector sum1 = DoubleVector.zero(SPECIES);
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      sum0 =
          DoubleVector.fromArray(SPECIES, a, aAt + i)
              .fma(DoubleVector.fromArray(SPECIES, b, bAt + i), sum0);
      sum1 =
          DoubleVector.fromArray(SPECIES, a, aAt + i + LANES)
              .fma(DoubleVector.fromArray(SPECIES, b, bAt + i + LANES), sum1);
    }
    double sum = sum0.add(sum1).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aAt + i] * b[bAt + i];
    }
    return sum;
  }
}
