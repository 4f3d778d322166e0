package dev.parley.gpu.resample;

/**
 * How the outputs of a stage are divided into groups of neighbours that are worked out together. A
 * period of {@code outputs} ends where phases begin anew; its last group may be partly empty.
 *
 * @param columns inputs that a group looks at
 */
record Groups(int lanes, int count, int outputs, int columns) {

  /** Coefficients that all groups of a stage may have together. */
  private static final long VALUES_MAX = 1 << 19;

  /** Whether a stage repeats soon enough for {@link #of}. */
  static boolean fit(StagePlan plan, int lanes) {
    return plan.up() < VALUES_MAX && values(of(plan, lanes)) <= VALUES_MAX;
  }

  private static long values(Groups groups) {
    return (long) groups.count * groups.columns * groups.lanes;
  }

  /** The multiple of the shortest period that wastes few lanes and has few groups. */
  static Groups of(StagePlan plan, int lanes) {
    int up = (int) plan.up();
    int best = 1;
    for (int times = 2; times <= lanes; times++) {
      if (cost(up * times, lanes) < cost(up * best, lanes)) {
        best = times;
      }
    }
    int outputs = up * best;
    int last = Math.min(outputs, lanes) - 1;
    int columns = Math.toIntExact(2L * plan.filter().reach() + (up - 1 + last * plan.down()) / up);
    return new Groups(lanes, Math.ceilDiv(outputs, lanes), outputs, columns);
  }

  private static double cost(int outputs, int lanes) {
    int groups = Math.ceilDiv(outputs, lanes);
    return (double) groups * lanes / outputs + 0.005 * groups;
  }

  /** The first output of the group that an output belongs to. */
  long first(long output) {
    long place = output % outputs;
    return output - place % lanes;
  }

  /** Which group of its period an output belongs to. */
  int index(long output) {
    return (int) (output % outputs) / lanes;
  }
}
