package dev.parley.gpu.simd;

/**
 * Picks the form of the inner loops, once: vectors where the JVM was started with their module and
 * the machine has them 256 bits wide or wider, plain Java elsewhere.
 */
public final class Simd {

  private static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && VectorWidth.bits() >= 256;
  private static final FftSteps FFT = VECTORS ? new VectorFftSteps() : new ScalarFftSteps();
  private static final FilterSteps FILTER =
      VECTORS ? new VectorFilterSteps() : new ScalarFilterSteps();
  private static final DoubleFilterSteps DOUBLE_FILTER =
      VECTORS ? new VectorDoubleFilterSteps() : new ScalarDoubleFilterSteps();

  private static final RowLoops ROWS = VECTORS ? new VectorRowLoops() : new ScalarRowLoops();

  private Simd() {}

  /** True if vectors are in use. */
  public static boolean vectors() {
    return VECTORS;
  }

  /** The loops of small networks. */
  public static RowLoops rows() {
    return ROWS;
  }

  /** The loops of a real transform. */
  public static FftSteps fft() {
    return FFT;
  }

  /** The loops of filters. */
  public static FilterSteps filter() {
    return FILTER;
  }

  /** The loops of filters in doubles. */
  public static DoubleFilterSteps doubleFilter() {
    return DOUBLE_FILTER;
  }
}
