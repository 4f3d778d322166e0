package dev.parley.gpu.fft;

import dev.parley.gpu.simd.FftStage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a {@link RealFft} of one size looks up and never changes: shared by all transforms of the
 * size. Half the size is {@code rows * columns}.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the arrays in place.
record RealFftTables(
    int rows,
    int columns,
    List<FftStage> rowStages,
    List<FftStage> columnStages,
    float[] matrixRe,
    float[] matrixIm,
    float[] turnsRe,
    float[] turnsIm) {

  /** Rows of this many values fill every vector that machines have. */
  private static final int WIDE = 16;

  /** Bounded by the sizes there are: fewer than 250 even products of 2, 3 and 5 up to 65,536. */
  private static final ConcurrentHashMap<Integer, RealFftTables> BY_SIZE =
      new ConcurrentHashMap<>();

  static RealFftTables of(int size) {
    return BY_SIZE.computeIfAbsent(size, RealFftTables::compute);
  }

  private static RealFftTables compute(int size) {
    int half = size / 2;
    checkFactors(size);
    int rows = rows(half);
    int columns = half / rows;
    float[] matrixRe = new float[half];
    float[] matrixIm = new float[half];
    float[] turnsRe = new float[half];
    float[] turnsIm = new float[half];
    for (int i = 0; i < half; i++) {
      int turn = (i / columns) * (i % columns);
      double angle = -2 * Math.PI * turn / half;
      matrixRe[i] = (float) Math.cos(angle);
      matrixIm[i] = (float) Math.sin(angle);
      turnsRe[i] = (float) Math.cos(-Math.PI * i / half);
      turnsIm[i] = (float) Math.sin(-Math.PI * i / half);
    }
    return new RealFftTables(
        rows,
        columns,
        stages(rows, columns),
        stages(columns, rows),
        matrixRe,
        matrixIm,
        turnsRe,
        turnsIm);
  }

  private static void checkFactors(int size) {
    int rest = size;
    for (int factor : new int[] {2, 3, 5}) {
      while (rest % factor == 0) {
        rest /= factor;
      }
    }
    if (rest != 1) {
      throw new IllegalArgumentException("size: " + size + " (expected: a product of 2, 3 and 5)");
    }
  }

  /**
   * How to divide: both passes should work on rows that waste little of their last vector, and be
   * of similar length.
   */
  private static int rows(int half) {
    int best = half;
    double least = cost(half, half);
    for (int rows = 2; rows < half; rows++) {
      if (half % rows == 0 && cost(half, rows) < least) {
        best = rows;
        least = cost(half, rows);
      }
    }
    return best;
  }

  private static double cost(int half, int rows) {
    int columns = half / rows;
    double work = radices(rows).size() * waste(columns) + radices(columns).size() * waste(rows);
    return work + 0.01 * Math.abs(Math.log((double) rows / columns));
  }

  /** How many times the work of full vectors rows of this length take. */
  private static double waste(int length) {
    int vectors = (length + WIDE - 1) / WIDE;
    return length < WIDE ? 4 : (double) vectors * WIDE / length;
  }

  private static List<FftStage> stages(int length, int columns) {
    List<FftStage> stages = new ArrayList<>();
    int stride = columns;
    int rest = length;
    for (int radix : radices(length)) {
      rest /= radix;
      stages.add(FftStage.of(radix, stride, rest));
      stride *= radix;
    }
    return List.copyOf(stages);
  }

  /** Few stages, large ones first: 16 is 4 times 4, 32 is 8 times 4. */
  private static List<Integer> radices(int length) {
    List<Integer> radices = new ArrayList<>();
    int rest = length;
    while (rest > 1) {
      int radix = radix(rest);
      radices.add(radix);
      rest /= radix;
    }
    return radices;
  }

  private static int radix(int rest) {
    if (rest % 8 == 0 && rest != 16) {
      return 8;
    }
    for (int radix : new int[] {5, 4, 3, 2}) {
      if (rest % radix == 0) {
        return radix;
      }
    }
    throw new IllegalStateException("factor of " + rest);
  }
}
