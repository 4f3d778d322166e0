package dev.parley.hub.limits;

import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What one bucket counts, of whom, and how much there may be of it.
 *
 * @param name empty for the whole hub
 * @param windows for quotas; empty for a budget
 * @param budget for a budget
 * @param mostAtOnce the most that can ever be taken at once, in tokens of the bucket
 */
record MeterSpec(
    Whose whose,
    String name,
    Counted counted,
    List<QuotaConfig> windows,
    Optional<Budget> budget,
    String id,
    long mostAtOnce) {

  /** A bucket that stands for none, to see whether buckets can be counted. */
  static final MeterSpec PROBE =
      quota(
          Whose.HUB,
          "probe",
          Counted.REQUESTS,
          List.of(new QuotaConfig(QuotaUnit.REQUESTS, 1_000, Duration.ofSeconds(1))));

  static final long DAY_MILLIS = 86_400_000L;

  /** A day more than the longest month. */
  static final Duration BUDGET_WINDOW = Duration.ofDays(32);

  /** Beyond the end of any month, so that nothing of a budget comes back within its own. */
  private static final Duration NEVER = Duration.ofDays(3_650);

  private static final String BEGAN = "began-";

  private static final int NAME_SHOWN_MAX = 100;

  /**
   * Money for some days.
   *
   * @param from the first of them, UTC
   * @param to the day after the last
   */
  record Budget(long micros, LocalDate from, LocalDate to) {}

  static MeterSpec quota(Whose whose, String name, Counted counted, List<QuotaConfig> windows) {
    List<String> texts = windows.stream().map(QuotaConfig::text).toList();
    String id = id(whose, name, counted, Integer.toHexString(texts.hashCode()));
    long most =
        windows.stream().mapToLong(QuotaConfig::amount).min().orElse(Long.MAX_VALUE)
            * counted.perUnit();
    return new MeterSpec(whose, name, counted, List.copyOf(windows), Optional.empty(), id, most);
  }

  static MeterSpec budget(Whose whose, String name, Counted counted, Budget budget) {
    String id = id(whose, name, counted, budget.from() + ":" + Long.toHexString(budget.micros()));
    return new MeterSpec(whose, name, counted, List.of(), Optional.of(budget), id, budget.micros());
  }

  /** Another amount or another period is another bucket, so that a change counts anew. */
  private static String id(Whose whose, String name, Counted counted, String version) {
    return whose.wireName() + ":" + counted.wireName() + ":" + version + ":" + bounded(name);
  }

  /** A name that can stand at the end of an id, however long it is. */
  static String bounded(String name) {
    return name.length() <= NAME_SHOWN_MAX
        ? name
        : name.substring(0, NAME_SHOWN_MAX - 20) + "~" + Sha.hex(name, 16);
  }

  /** After so long without use it is as good as new. */
  Duration window() {
    return windows.stream().map(QuotaConfig::period).max(Duration::compareTo).orElse(BUDGET_WINDOW);
  }

  /**
   * How its bucket begins.
   *
   * @param nowMillis since the Unix epoch; a budget's bucket keeps it, see {@link #began}
   */
  CompletableFuture<BucketConfiguration> begin(SpentSoFar spent, long nowMillis) {
    return budget
        .map(money ->
            spent
                .spentMicros(whose, name, money.from(), money.to())
                .thenApply(micros -> money(money, micros, nowMillis)))
        .orElseGet(() -> CompletableFuture.completedFuture(quotas()));
  }

  /**
   * When a budget's bucket began: what calls cost that ended before, it took from the ledger.
   *
   * @return since the Unix epoch; 0 where nobody wrote it down
   */
  static long began(BucketConfiguration bucket) {
    String id = bucket.getBandwidths()[0].getId();
    return id != null && id.startsWith(BEGAN)
        ? Long.parseLong(id, BEGAN.length(), id.length(), 10)
        : 0;
  }

  private static BucketConfiguration money(Budget money, long spentMicros, long nowMillis) {
    long left = Math.clamp(money.micros() - spentMicros, 0, money.micros());
    // A budget of nothing is one all the same, and a bucket has to hold something.
    long capacity = Math.max(1, money.micros());
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(capacity)
                .refillIntervally(capacity, NEVER)
                .initialTokens(left)
                .id(BEGAN + nowMillis)
                .build())
        .build();
  }

  private BucketConfiguration quotas() {
    var bucket = BucketConfiguration.builder();
    for (QuotaConfig window : windows) {
      long amount = window.amount() * counted.perUnit();
      bucket.addLimit(
          Bandwidth.builder().capacity(amount).refillGreedy(amount, window.period()).build());
    }
    return bucket.build();
  }
}
