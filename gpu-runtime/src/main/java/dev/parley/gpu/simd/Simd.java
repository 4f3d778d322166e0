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

  private Simd() {}

  /** True if vectors are in use. */
  public static boolean vectors() {
    return VECTORS;
  }

  /** The loops of a real transform. */
  public static FftSteps fft() {
    return FFT;
  }
}
