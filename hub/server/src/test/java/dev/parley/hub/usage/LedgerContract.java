package dev.parley.hub.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.UsageConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger keeps, wherever it keeps it. */
@Timeout(60)
abstract class LedgerContract {

  static final UsageConfig SETTINGS =
      new UsageConfig(Duration.ofMillis(40), Duration.ofDays(400), "USD");

  @SuppressWarnings("NullAway.Init") // set before the first test
  @TempDir
  Path data;

  @SuppressWarnings("NullAway.Init") // set before each test
  Optional<DatabaseConfig> server;

  abstract Optional<DatabaseConfig> database();

  @BeforeEach
  void begin() {
    server = database();
  }

  Ledger ledger() throws Exception {
    return Ledger.open(server, data, SETTINGS, Clock.system());
  }

  List<UsageRow> rows(UsageFilter filter) {
    try (UsageBook book = UsageBook.open(server, data)) {
      List<UsageRow> rows = new ArrayList<>();
      UsageQueries.rows(book, filter, rows::add);
      return rows;
    }
  }

  List<UsageTotal> totals(UsageFilter filter, UsageGroup... by) {
    try (UsageBook book = UsageBook.open(server, data)) {
      return UsageQueries.totals(book, filter, List.of(by), "USD", 100);
    }
  }

  static void addAll(Ledger ledger, List<UsageRow> rows) {
    rows.forEach(ledger::add);
  }

  @Test
  void keepsRowsAsTheyWere() throws Exception {
    List<UsageRow> rows =
        List.of(
            Rows.of("a", "m", 7),
            Rows.of("", "ümläut \uD83D\uDE00", -1),
            new UsageRow(
                Rows.IDS.next(Rows.NOON),
                Rows.NOON,
                "",
                "k",
                "",
                new UsageRow.Asked("convert", "", false),
                UsageRow.Served.NOBODY,
                UsageRow.Used.ofBytes(1L << 40),
                -1,
                3,
                "backend_failed",
                UsageRow.Cost.UNKNOWN));
    try (Ledger ledger = ledger()) {
      addAll(ledger, rows);
    }
    assertThat(rows(UsageFilter.ALL)).isEqualTo(rows);
  }

  @Test
  void writesWithinTheFlushInterval() throws Exception {
    try (Ledger ledger = ledger()) {
      ledger.add(Rows.of("a", "m", 7));
      Rows.until(() -> ledger.status().written() == 1);
      assertThat(ledger.status().waiting()).isZero();
    }
  }

  @Test
  void writesARowOnceHoweverOftenItComes() throws Exception {
    UsageRow row = Rows.of("a", "m", 7);
    for (long fresh : new long[] {1, 0}) {
      Ledger ledger = ledger();
      ledger.add(row);
      ledger.add(row);
      ledger.close();
      assertThat(ledger.status().written()).isEqualTo(fresh);
    }
    assertThat(rows(UsageFilter.ALL)).containsExactly(row);
  }

  @Test
  void losesNothingThatManyThreadsAdd() throws Exception {
    int threads = 8;
    int each = 2_000;
    try (Ledger ledger = ledger()) {
      List<Thread> adding =
          IntStream.range(0, threads)
              .mapToObj(i ->
                  Thread.ofPlatform()
                      .start(() -> {
                        for (int j = 0; j < each; j++) {
                          ledger.add(Rows.of("key-" + i, "m", j));
                        }
                      }))
              .toList();
      for (Thread thread : adding) {
        thread.join();
      }
      assertThat(ledger.status().dropped()).isZero();
    }
    assertThat(totals(UsageFilter.ALL, UsageGroup.KEY))
        .hasSize(threads)
        .allSatisfy(total -> {
          assertThat(total.calls()).isEqualTo(each);
          assertThat(total.costMicros()).isEqualTo(each * (each - 1L) / 2);
        });
  }

  @Test
  void sumsUpByWhatIsAskedFor() throws Exception {
    long dayMillis = TimeUnit.DAYS.toMillis(1);
    try (Ledger ledger = ledger()) {
      addAll(
          ledger,
          List.of(
              Rows.of("a", "m", "local", Rows.NOON, "ok", 5),
              Rows.of("a", "m", "hosted", Rows.NOON + dayMillis, "backend_failed", 0),
              Rows.of("b", "n", "hosted", Rows.NOON + dayMillis, "cancelled", -1),
              Rows.of("b", "n", "hosted", Rows.NOON + 2 * dayMillis, "ok", 11)));
    }
    assertThat(totals(UsageFilter.ALL, UsageGroup.KEY, UsageGroup.BACKEND))
        .extracting(
            UsageTotal::group, UsageTotal::calls, UsageTotal::errors, UsageTotal::costMicros)
        .containsExactly(
            tuple(List.of("a", "hosted"), 1L, 1L, 0L),
            tuple(List.of("a", "local"), 1L, 0L, 5L),
            tuple(List.of("b", "hosted"), 2L, 0L, 11L));
    assertThat(totals(UsageFilter.ALL, UsageGroup.DAY))
        .extracting(total -> total.group().getFirst())
        .containsExactly("2026-11-21", "2026-11-22", "2026-11-23");
    long second = UsageRow.dayOf(Rows.NOON) + 1;
    UsageFilter filter = new UsageFilter(second, second, Map.of(UsageGroup.KEY, "b"));
    UsageTotal only = totals(filter).getFirst();
    assertThat(only.calls()).isEqualTo(1);
    assertThat(only.unpriced()).isEqualTo(1);
    assertThat(only.inputTokens()).isEqualTo(10);
    assertThat(only.outputTokens()).isEqualTo(20);
    assertThat(only.cachedTokens()).isEqualTo(3);
    assertThat(only.reasoningTokens()).isEqualTo(4);
    assertThat(only.audioInputTokens()).isEqualTo(5);
    assertThat(only.audioOutputTokens()).isEqualTo(6);
    assertThat(only.audioMillis()).isEqualTo(1_500);
    assertThat(only.characters()).isEqualTo(70);
    assertThat(only.durationMillis()).isEqualTo(250);
    assertThat(only.firstByteMillis()).isEqualTo(40);
    assertThat(only.answered()).isEqualTo(1);
    assertThat(rows(filter)).hasSize(1);
  }

  @Test
  void sumsNothingToNothing() throws Exception {
    ledger().close();
    assertThat(totals(UsageFilter.ALL).getFirst().calls()).isZero();
    assertThat(totals(UsageFilter.ALL, UsageGroup.KEY)).isEmpty();
  }

  @Test
  void tellsWhatWasSpentBeforeItIsWritten() throws Exception {
    long day = UsageRow.dayOf(Rows.NOON);
    try (Ledger ledger = ledger()) {
      addAll(ledger, List.of(Rows.of("a", "m", 5), Rows.of("a", "n", 7), Rows.of("b", "n", 100)));
      assertThat(spent(ledger, SpentBy.KEY, "a", day, day)).isEqualTo(12);
      assertThat(spent(ledger, SpentBy.MODEL, "n", day, day)).isEqualTo(107);
      assertThat(spent(ledger, SpentBy.OWNER, "owner of b", day, day)).isEqualTo(100);
      assertThat(spent(ledger, SpentBy.HUB, "", day, day)).isEqualTo(112);
      assertThat(spent(ledger, SpentBy.HUB, "", day + 1, day + 9)).isZero();
      assertThat(spent(ledger, SpentBy.KEY, "nobody", day, day)).isZero();
    }
  }

  static long spent(Ledger ledger, SpentBy by, String name, long from, long to) {
    return ledger.spentMicros(new Spent(by, name, from, to, "USD")).join();
  }

  @Test
  void forgetsWhatIsTooOld() throws Exception {
    long now = Clock.system().epochMillis();
    long old = now - TimeUnit.DAYS.toMillis(500);
    List<UsageRow> ancient =
        IntStream.range(0, 2_500).mapToObj(_ -> Rows.of("a", "m", "b", old, "ok", 1)).toList();
    UsageRow fresh = Rows.of("a", "m", "b", now, "ok", 1);
    UsageConfig patient = new UsageConfig(Duration.ofMillis(40), Duration.ofDays(3_000), "USD");
    try (Ledger ledger = Ledger.open(server, data, patient, Clock.system())) {
      addAll(ledger, ancient);
      ledger.add(fresh);
    }
    assertThat(rows(UsageFilter.ALL)).hasSize(2_501);
    try (Ledger _ = ledger()) {
      Rows.until(() -> totals(UsageFilter.ALL).getFirst().calls() == 1);
    }
    assertThat(rows(UsageFilter.ALL)).containsExactly(fresh);
  }
}
