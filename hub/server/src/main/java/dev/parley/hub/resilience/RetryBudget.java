package dev.parley.hub.resilience;

/**
 * Keeps tries again, and second tries beside a slow first, from adding to the load of a backend
 * that has too much of it. Whenever one is granted, at {@code t}: of those granted in the ten
 * seconds that end at {@code t}, it included, there are no more than {@code min + percent / 100 *
 * calls}, where {@code calls} are the calls of the same ten seconds. It may grant somewhat less, as
 * it counts in seconds: calls of nine to ten of them, tries again of ten to eleven. Thread-safe.
 */
public final class RetryBudget {

  private static final int WINDOW_SECONDS = 10;
  private static final long SECOND_NANOS = 1_000_000_000;

  /** Only what surely lies within the ten seconds earns anything. */
  private final RollingCount calls = new RollingCount(WINDOW_SECONDS, SECOND_NANOS);

  /** Whatever may lie within the ten seconds costs. */
  private final RollingCount retries = new RollingCount(WINDOW_SECONDS + 1, SECOND_NANOS);

  private RetryBudgetSettings settings;

  public RetryBudget(RetryBudgetSettings settings) {
    this.settings = settings;
  }

  synchronized void apply(RetryBudgetSettings next) {
    settings = next;
  }

  /** A call was made, for the first time. */
  public synchronized void called(long now) {
    calls.add(now);
  }

  /** Takes one try again out of the budget; false when there is none left. */
  public synchronized boolean tryRetry(long now) {
    long beyondMin = retries.total(now) + 1L - settings.min();
    boolean granted = beyondMin * 100 <= (long) settings.percent() * calls.total(now);
    if (granted) {
      retries.add(now);
    }
    return granted;
  }
}
