package dev.parley.gpu.simd;

import jdk.incubator.vector.FloatVector;

/** How wide the machine's vectors are; a class of its own, so that asking loads the module. */
final class VectorWidth {

  private VectorWidth() {}

  static int bits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
