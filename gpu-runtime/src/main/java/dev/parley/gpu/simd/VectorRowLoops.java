package dev.parley.gpu.simd;

import static dev.parley.gpu.simd.ScalarRowLoops.P0;
import static dev.parley.gpu.simd.ScalarRowLoops.P1;
import static dev.parley.gpu.simd.ScalarRowLoops.P2;
import static dev.parley.gpu.simd.ScalarRowLoops.P3;
import static dev.parley.gpu.simd.ScalarRowLoops.P4;
import static dev.parley.gpu.simd.ScalarRowLoops.Q1;
import static dev.parley.gpu.simd.ScalarRowLoops.Q2;
import static dev.parley.gpu.simd.ScalarRowLoops.Q3;
import static dev.parley.gpu.simd.ScalarRowLoops.Q4;
import static dev.parley.gpu.simd.ScalarRowLoops.TANH_END;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in the widest vectors of the machine, in vectors of four for rows that are shorter than
 * one of those, and in plain Java for rows of less than four. Each length has its own copy, with
 * nothing taken out into methods of its own: the compiler makes good code of vectors only where it
 * knows their length, and puts them on the heap around calls that it does not inline.
 */
final class VectorRowLoops implements RowLoops {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> NARROW = FloatVector.SPECIES_128;
  private static final int LANES = SPECIES.length();
  private static final int FEW = NARROW.length();

  private final ScalarRowLoops scalar = new ScalarRowLoops();

  @Override
  public void weigh(
      float[] w,
      int wAt,
      int wStride,
      int m,
      float[] x,
      int xAt,
      int[] rows,
      float[] s,
      int sAt,
      int sRow,
      int sColumn,
      float[] out,
      int outAt,
      int outStride,
      int n) {
    if (n >= LANES) {
      wide(w, wAt, wStride, m, x, xAt, rows, s, sAt, sRow, sColumn, out, outAt, outStride, n);
    } else if (n >= FEW) {
      narrow(w, wAt, wStride, m, x, xAt, rows, s, sAt, sRow, sColumn, out, outAt, outStride, n);
    } else {
      scalar.weigh(
          w, wAt, wStride, m, x, xAt, rows, s, sAt, sRow, sColumn, out, outAt, outStride, n);
    }
  }

  /** Vectors of {@link #SPECIES}; the last one of a row overlaps the one before it. */
  private static void wide(
      float[] w,
      int wAt,
      int wStride,
      int m,
      float[] x,
      int xAt,
      int[] rows,
      float[] s,
      int sAt,
      int sRow,
      int sColumn,
      float[] out,
      int outAt,
      int outStride,
      int n) {
    int last = n - LANES;
    int r = 0;
    for (; r + 4 <= m; r += 4) {
      int w0 = wAt + r * wStride;
      int w1 = w0 + wStride;
      int w2 = w1 + wStride;
      int w3 = w2 + wStride;
      int start = sAt + r * sRow;
      int to = outAt + r * outStride;
      for (int j = 0; j < n; j += LANES) {
        int at = Math.min(j, last);
        FloatVector a0;
        FloatVector a1;
        FloatVector a2;
        FloatVector a3;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(SPECIES, s, start + at);
          a1 = FloatVector.fromArray(SPECIES, s, start + sRow + at);
          a2 = FloatVector.fromArray(SPECIES, s, start + 2 * sRow + at);
          a3 = FloatVector.fromArray(SPECIES, s, start + 3 * sRow + at);
        } else {
          a0 = FloatVector.broadcast(SPECIES, s[start]);
          a1 = FloatVector.broadcast(SPECIES, s[start + sRow]);
          a2 = FloatVector.broadcast(SPECIES, s[start + 2 * sRow]);
          a3 = FloatVector.broadcast(SPECIES, s[start + 3 * sRow]);
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector row = FloatVector.fromArray(SPECIES, x, xAt + rows[p] + at);
          a0 = row.fma(FloatVector.broadcast(SPECIES, w[w0 + p]), a0);
          a1 = row.fma(FloatVector.broadcast(SPECIES, w[w1 + p]), a1);
          a2 = row.fma(FloatVector.broadcast(SPECIES, w[w2 + p]), a2);
          a3 = row.fma(FloatVector.broadcast(SPECIES, w[w3 + p]), a3);
        }
        a0.intoArray(out, to + at);
        a1.intoArray(out, to + outStride + at);
        a2.intoArray(out, to + 2 * outStride + at);
        a3.intoArray(out, to + 3 * outStride + at);
      }
    }
    for (; r < m; r++) {
      int w0 = wAt + r * wStride;
      int start = sAt + r * sRow;
      int to = outAt + r * outStride;
      int j = 0;
      for (; j + 4 * LANES <= n; j += 4 * LANES) {
        FloatVector a0;
        FloatVector a1;
        FloatVector a2;
        FloatVector a3;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(SPECIES, s, start + j);
          a1 = FloatVector.fromArray(SPECIES, s, start + j + LANES);
          a2 = FloatVector.fromArray(SPECIES, s, start + j + 2 * LANES);
          a3 = FloatVector.fromArray(SPECIES, s, start + j + 3 * LANES);
        } else {
          a0 = FloatVector.broadcast(SPECIES, s[start]);
          a1 = a0;
          a2 = a0;
          a3 = a0;
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector weight = FloatVector.broadcast(SPECIES, w[w0 + p]);
          int row = xAt + rows[p] + j;
          a0 = FloatVector.fromArray(SPECIES, x, row).fma(weight, a0);
          a1 = FloatVector.fromArray(SPECIES, x, row + LANES).fma(weight, a1);
          a2 = FloatVector.fromArray(SPECIES, x, row + 2 * LANES).fma(weight, a2);
          a3 = FloatVector.fromArray(SPECIES, x, row + 3 * LANES).fma(weight, a3);
        }
        a0.intoArray(out, to + j);
        a1.intoArray(out, to + j + LANES);
        a2.intoArray(out, to + j + 2 * LANES);
        a3.intoArray(out, to + j + 3 * LANES);
      }
      for (; j < n; j += LANES) {
        int at = Math.min(j, last);
        FloatVector a0;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(SPECIES, s, start + at);
        } else {
          a0 = FloatVector.broadcast(SPECIES, s[start]);
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector row = FloatVector.fromArray(SPECIES, x, xAt + rows[p] + at);
          a0 = row.fma(FloatVector.broadcast(SPECIES, w[w0 + p]), a0);
        }
        a0.intoArray(out, to + at);
      }
    }
  }

  /** Vectors of {@link #NARROW}; the last one of a row overlaps the one before it. */
  private static void narrow(
      float[] w,
      int wAt,
      int wStride,
      int m,
      float[] x,
      int xAt,
      int[] rows,
      float[] s,
      int sAt,
      int sRow,
      int sColumn,
      float[] out,
      int outAt,
      int outStride,
      int n) {
    int last = n - FEW;
    int r = 0;
    for (; r + 4 <= m; r += 4) {
      int w0 = wAt + r * wStride;
      int w1 = w0 + wStride;
      int w2 = w1 + wStride;
      int w3 = w2 + wStride;
      int start = sAt + r * sRow;
      int to = outAt + r * outStride;
      for (int j = 0; j < n; j += FEW) {
        int at = Math.min(j, last);
        FloatVector a0;
        FloatVector a1;
        FloatVector a2;
        FloatVector a3;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(NARROW, s, start + at);
          a1 = FloatVector.fromArray(NARROW, s, start + sRow + at);
          a2 = FloatVector.fromArray(NARROW, s, start + 2 * sRow + at);
          a3 = FloatVector.fromArray(NARROW, s, start + 3 * sRow + at);
        } else {
          a0 = FloatVector.broadcast(NARROW, s[start]);
          a1 = FloatVector.broadcast(NARROW, s[start + sRow]);
          a2 = FloatVector.broadcast(NARROW, s[start + 2 * sRow]);
          a3 = FloatVector.broadcast(NARROW, s[start + 3 * sRow]);
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector row = FloatVector.fromArray(NARROW, x, xAt + rows[p] + at);
          a0 = row.fma(FloatVector.broadcast(NARROW, w[w0 + p]), a0);
          a1 = row.fma(FloatVector.broadcast(NARROW, w[w1 + p]), a1);
          a2 = row.fma(FloatVector.broadcast(NARROW, w[w2 + p]), a2);
          a3 = row.fma(FloatVector.broadcast(NARROW, w[w3 + p]), a3);
        }
        a0.intoArray(out, to + at);
        a1.intoArray(out, to + outStride + at);
        a2.intoArray(out, to + 2 * outStride + at);
        a3.intoArray(out, to + 3 * outStride + at);
      }
    }
    for (; r < m; r++) {
      int w0 = wAt + r * wStride;
      int start = sAt + r * sRow;
      int to = outAt + r * outStride;
      int j = 0;
      for (; j + 4 * FEW <= n; j += 4 * FEW) {
        FloatVector a0;
        FloatVector a1;
        FloatVector a2;
        FloatVector a3;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(NARROW, s, start + j);
          a1 = FloatVector.fromArray(NARROW, s, start + j + FEW);
          a2 = FloatVector.fromArray(NARROW, s, start + j + 2 * FEW);
          a3 = FloatVector.fromArray(NARROW, s, start + j + 3 * FEW);
        } else {
          a0 = FloatVector.broadcast(NARROW, s[start]);
          a1 = a0;
          a2 = a0;
          a3 = a0;
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector weight = FloatVector.broadcast(NARROW, w[w0 + p]);
          int row = xAt + rows[p] + j;
          a0 = FloatVector.fromArray(NARROW, x, row).fma(weight, a0);
          a1 = FloatVector.fromArray(NARROW, x, row + FEW).fma(weight, a1);
          a2 = FloatVector.fromArray(NARROW, x, row + 2 * FEW).fma(weight, a2);
          a3 = FloatVector.fromArray(NARROW, x, row + 3 * FEW).fma(weight, a3);
        }
        a0.intoArray(out, to + j);
        a1.intoArray(out, to + j + FEW);
        a2.intoArray(out, to + j + 2 * FEW);
        a3.intoArray(out, to + j + 3 * FEW);
      }
      for (; j < n; j += FEW) {
        int at = Math.min(j, last);
        FloatVector a0;
        if (sColumn == 1) {
          a0 = FloatVector.fromArray(NARROW, s, start + at);
        } else {
          a0 = FloatVector.broadcast(NARROW, s[start]);
        }
        for (int p = 0; p < rows.length; p++) {
          FloatVector row = FloatVector.fromArray(NARROW, x, xAt + rows[p] + at);
          a0 = row.fma(FloatVector.broadcast(NARROW, w[w0 + p]), a0);
        }
        a0.intoArray(out, to + at);
      }
    }
  }

  @Override
  public void tanh(float[] values, int at, int count) {
    int wide = count - count % LANES;
    int narrow = count - count % FEW;
    wideCurve(values, at, at + wide, 1, 0);
    narrowCurve(values, at + wide, at + narrow, 1, 0);
    scalar.tanh(values, at + narrow, count - narrow);
  }

  @Override
  public void sigmoid(float[] values, int at, int count) {
    int wide = count - count % LANES;
    int narrow = count - count % FEW;
    wideCurve(values, at, at + wide, 0.5f, 0.5f);
    narrowCurve(values, at + wide, at + narrow, 0.5f, 0.5f);
    scalar.sigmoid(values, at + narrow, count - narrow);
  }

  /** {@code scale * tanh(scale * value) + shift}. */
  private static void wideCurve(float[] values, int from, int to, float scale, float shift) {
    for (int i = from; i < to; i += LANES) {
      FloatVector x =
          FloatVector.fromArray(SPECIES, values, i).mul(scale).min(TANH_END).max(-TANH_END);
      FloatVector u = x.mul(x);
      FloatVector p =
          u.fma(P4, P3)
              .fma(u, FloatVector.broadcast(SPECIES, P2))
              .fma(u, FloatVector.broadcast(SPECIES, P1))
              .fma(u, FloatVector.broadcast(SPECIES, P0));
      FloatVector q =
          u.fma(Q4, Q3)
              .fma(u, FloatVector.broadcast(SPECIES, Q2))
              .fma(u, FloatVector.broadcast(SPECIES, Q1))
              .fma(u, FloatVector.broadcast(SPECIES, 1));
      x.mul(p).div(q).min(1).max(-1).fma(scale, shift).intoArray(values, i);
    }
  }

  /** {@code scale * tanh(scale * value) + shift}. */
  private static void narrowCurve(float[] values, int from, int to, float scale, float shift) {
    for (int i = from; i < to; i += FEW) {
      FloatVector x =
          FloatVector.fromArray(NARROW, values, i).mul(scale).min(TANH_END).max(-TANH_END);
      FloatVector u = x.mul(x);
      FloatVector p =
          u.fma(P4, P3)
              .fma(u, FloatVector.broadcast(NARROW, P2))
              .fma(u, FloatVector.broadcast(NARROW, P1))
              .fma(u, FloatVector.broadcast(NARROW, P0));
      FloatVector q =
          u.fma(Q4, Q3)
              .fma(u, FloatVector.broadcast(NARROW, Q2))
              .fma(u, FloatVector.broadcast(NARROW, Q1))
              .fma(u, FloatVector.broadcast(NARROW, 1));
      x.mul(p).div(q).min(1).max(-1).fma(scale, shift).intoArray(values, i);
    }
  }

  @Override
  public void add(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (n < LANES) {
      scalar.add(a, aAt, b, bAt, bStep, out, outAt, n);
    } else if (bStep == 1) {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.add(FloatVector.fromArray(SPECIES, b, bAt + at)).intoArray(out, outAt + at);
      }
    } else {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.add(b[bAt]).intoArray(out, outAt + at);
      }
    }
  }

  @Override
  public void multiply(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (n < LANES) {
      scalar.multiply(a, aAt, b, bAt, bStep, out, outAt, n);
    } else if (bStep == 1) {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.mul(FloatVector.fromArray(SPECIES, b, bAt + at)).intoArray(out, outAt + at);
      }
    } else {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.mul(b[bAt]).intoArray(out, outAt + at);
      }
    }
  }

  @Override
  public void leak(
      float[] a, int aAt, float[] b, int bAt, int bStep, float[] out, int outAt, int n) {
    if (n < LANES) {
      scalar.leak(a, aAt, b, bAt, bStep, out, outAt, n);
    } else if (bStep == 1) {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.max(0)
            .add(x.min(0).mul(FloatVector.fromArray(SPECIES, b, bAt + at)))
            .intoArray(out, outAt + at);
      }
    } else {
      for (int i = 0; i < n; i += LANES) {
        int at = Math.min(i, n - LANES);
        FloatVector x = FloatVector.fromArray(SPECIES, a, aAt + at);
        x.max(0).add(x.min(0).mul(b[bAt])).intoArray(out, outAt + at);
      }
    }
  }
}
