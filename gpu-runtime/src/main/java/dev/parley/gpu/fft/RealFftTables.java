package dev.parley.gpu.fft;

import dev.parley.gpu.simd.FftStage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a {@link RealFft} of one size looks up and never changes: shared by all transforms of the
 * size.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; the loops read the arrays in place.
record RealFftTables(List<FftStage> stages, float[] turnsRe, float[] turnsIm) {

  /** Bounded by the sizes there are: fewer than 250 even products of 2, 3 and 5 up to 65,536. */
  private static final ConcurrentHashMap<Integer, RealFftTables> BY_SIZE =
      new ConcurrentHashMap<>();

  static RealFftTables of(int size) {
    return BY_SIZE.computeIfAbsent(size, RealFftTables::compute);
  }

  private static RealFftTables compute(int size) {
    int half = size / 2;
    List<FftStage> stages = new ArrayList<>();
    int stride = 1;
    for (int radix : Radices.of(size, half)) {
      stages.add(FftStage.of(radix, stride, half / stride / radix));
      stride *= radix;
    }
    float[] turnsRe = new float[half];
    float[] turnsIm = new float[half];
    for (int i = 0; i < half; i++) {
      turnsRe[i] = (float) Math.cos(-Math.PI * i / half);
      turnsIm[i] = (float) Math.sin(-Math.PI * i / half);
    }
    return new RealFftTables(List.copyOf(stages), turnsRe, turnsIm);
  }
}
