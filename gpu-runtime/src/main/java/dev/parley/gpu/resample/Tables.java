package dev.parley.gpu.resample;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Coefficients that streams of the same rates share: those of the latest 32 stages asked for, at
 * most 4 MB each. A stream keeps its own beyond that.
 */
final class Tables {

  private static final int KEPT_MAX = 32;
  private static final int FLOAT_PHASES = 256;
  private static final int DOUBLE_PHASES = 1024;

  private record Key(StagePlan plan, Class<?> kind, int lanes) {}

  private static final Map<Key, Object> KEPT = new LinkedHashMap<>(16, 0.75f, true);

  private Tables() {}

  static FloatBank floatBank(StagePlan plan, int lanes) {
    return kept(plan, FloatBank.class, lanes, () -> FloatBank.of(plan, Groups.of(plan, lanes)));
  }

  static DoubleBank doubleBank(StagePlan plan, int lanes) {
    return kept(plan, DoubleBank.class, lanes, () -> DoubleBank.of(plan, Groups.of(plan, lanes)));
  }

  static FloatPhases floatPhases(StagePlan plan) {
    return kept(plan, FloatPhases.class, 0, () -> FloatPhases.of(plan, FLOAT_PHASES));
  }

  static DoublePhases doublePhases(StagePlan plan) {
    return kept(plan, DoublePhases.class, 0, () -> DoublePhases.of(plan, DOUBLE_PHASES));
  }

  private static <T> T kept(StagePlan plan, Class<T> kind, int lanes, Supplier<T> made) {
    synchronized (KEPT) {
      T table = kind.cast(KEPT.computeIfAbsent(new Key(plan, kind, lanes), key -> made.get()));
      if (KEPT.size() > KEPT_MAX) {
        KEPT.remove(KEPT.keySet().iterator().next());
      }
      return table;
    }
  }
}
