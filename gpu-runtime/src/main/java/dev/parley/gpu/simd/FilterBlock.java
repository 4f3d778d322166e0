package dev.parley.gpu.simd;

/**
 * Coefficients of as many neighbouring results as the loops have lanes: column {@code c} holds what
 * each of them takes of the signal's value {@code c}. Sums run from both ends to column {@code
 * middle}, where a low-pass filter is largest, since small values summed first lose least.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the array in place.
public record FilterBlock(int columns, int middle, float[] coefficients) {}
