package dev.parley.hub.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class SqliteLedgerTest extends LedgerContract {

  @Override
  Optional<DatabaseConfig> database() {
    return Optional.empty();
  }

  private static List<UsageRow> many(int count) {
    return IntStream.range(0, count).mapToObj(_ -> Rows.of("a", "m", 1)).toList();
  }

  /** A folder where the file should be. */
  private void takeAway() throws Exception {
    Files.createDirectory(data.resolve("usage.db"));
  }

  private void bringBack() throws Exception {
    Files.delete(data.resolve("usage.db"));
  }

  @Test
  void putsRowsAsideWhileTheDatabaseIsAwayAndWritesThemInOrder() throws Exception {
    takeAway();
    List<UsageRow> rows = many(3_000);
    try (Ledger ledger = ledger()) {
      addAll(ledger, rows);
      Rows.until(() -> ledger.status().spilled() == rows.size());
      assertThat(ledger.status().waiting()).isZero();
      assertThat(ledger.status().spillBytes()).isPositive();
      Assertions.assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> spent(ledger, SpentBy.HUB, "", 0, 1 << 20));
      bringBack();
      Rows.until(() -> ledger.status().spillBytes() == 0);
      assertThat(ledger.status().dropped()).isZero();
      long day = UsageRow.dayOf(Rows.NOON);
      assertThat(spent(ledger, SpentBy.HUB, "", day, day)).isEqualTo(rows.size());
    }
    assertThat(rows(UsageFilter.ALL)).isEqualTo(rows);
  }

  @Test
  void writesWhatLayAsideAfterARestart() throws Exception {
    takeAway();
    List<UsageRow> rows = many(10);
    try (Ledger ledger = ledger()) {
      addAll(ledger, rows);
    }
    // A crash tore the last line.
    Path file = data.resolve("usage.spill");
    Files.write(
        file, "01234567 [\"half".getBytes(StandardCharsets.US_ASCII), StandardOpenOption.APPEND);
    bringBack();
    UsageRow next = Rows.of("a", "m", 1);
    try (Ledger ledger = ledger()) {
      ledger.add(next);
      Rows.until(() -> ledger.status().spillBytes() == 0 && ledger.status().waiting() == 0);
      assertThat(ledger.status().dropped()).isEqualTo(1);
    }
    List<UsageRow> all = new ArrayList<>(rows);
    all.add(next);
    assertThat(rows(UsageFilter.ALL)).isEqualTo(all);
  }

  @Test
  void leavesOutALineThatWasChanged() throws Exception {
    takeAway();
    List<UsageRow> rows = many(3);
    try (Ledger ledger = ledger()) {
      addAll(ledger, rows);
    }
    Path file = data.resolve("usage.spill");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    bringBack();
    try (Ledger ledger = ledger()) {
      Rows.until(() -> ledger.status().spillBytes() == 0);
      assertThat(ledger.status().dropped()).isEqualTo(1);
    }
    assertThat(rows(UsageFilter.ALL)).containsExactly(rows.get(0), rows.get(2));
  }

  @Test
  void putsRowsAsideWhileTheDatabaseIsSlowAndHasThemOnce() throws Exception {
    List<UsageRow> rows = many(2_500);
    try (Ledger ledger = ledger()) {
      ledger.add(rows.getFirst());
      Rows.until(() -> ledger.status().written() == 1);
      try (Connection other = other();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        addAll(ledger, rows.subList(1, rows.size()));
        // The batch that the database was given included.
        Rows.until(() -> ledger.status().spilled() >= rows.size() - 1);
        assertThat(ledger.status().waiting()).isZero();
        statement.execute("ROLLBACK");
      }
      Rows.until(() -> ledger.status().spillBytes() == 0);
    }
    assertThat(rows(UsageFilter.ALL)).isEqualTo(rows);
  }

  @Test
  void countsWhatWasPutAsideWhileItWroteInWhatWasSpent() throws Exception {
    try (Ledger ledger = ledger();
        Connection other = other()) {
      List<UsageRow> rows = writtenSlowly(ledger, other);
      long day = UsageRow.dayOf(Rows.NOON);
      CompletableFuture<Long> spent =
          ledger.spentMicros(new Spent(SpentBy.HUB, "", day, day, "USD"));
      execute(other, "ROLLBACK");
      assertThat(spent.join()).isEqualTo(rows.size());
    }
  }

  @Test
  void writesWhatWasPutAsideWhileItWroteBeforeItEnds() throws Exception {
    try (Ledger ledger = ledger();
        Connection other = other()) {
      List<UsageRow> rows = writtenSlowly(ledger, other);
      Thread closing = Thread.ofPlatform().start(ledger::close);
      execute(other, "ROLLBACK");
      closing.join();
      assertThat(rows(UsageFilter.ALL)).isEqualTo(rows);
    }
  }

  private Connection other() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("usage.db"));
  }

  private static void execute(Connection other, String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first is written; the others are in the file, as another program locks the database. */
  private static List<UsageRow> writtenSlowly(Ledger ledger, Connection other) throws Exception {
    List<UsageRow> rows = many(1_250);
    ledger.add(rows.getFirst());
    Rows.until(() -> ledger.status().written() == 1);
    execute(other, "BEGIN IMMEDIATE");
    addAll(ledger, rows.subList(1, rows.size()));
    Rows.until(() -> ledger.status().spilled() >= rows.size() - 1);
    return rows;
  }

  @Test
  void countsWhatItHasNoRoomFor() throws Exception {
    takeAway();
    try (Ledger ledger =
        Ledger.open(server, data, SETTINGS, Clock.system(), 10_000, Ledger.WAITING_MAX)) {
      addAll(ledger, many(1_000));
      Rows.until(() -> ledger.status().spilled() + ledger.status().dropped() == 1_000);
      assertThat(ledger.status().dropped()).isBetween(900L, 999L);
      assertThat(Files.size(data.resolve("usage.spill"))).isLessThanOrEqualTo(10_000);
    }
  }

  @Test
  void holdsNoMoreRowsThanItsLine() throws Exception {
    takeAway();
    Ledger ledger = Ledger.open(server, data, SETTINGS, Clock.system(), 0, 100);
    try (ledger) {
      addAll(ledger, many(5_000));
      Rows.until(() -> ledger.status().dropped() == 5_000);
    }
    ledger.add(Rows.of("a", "m", 1));
    assertThat(ledger.status().dropped()).isEqualTo(5_001);
  }

  @Test
  void hubsOfOneFolderPutRowsAsideInFilesOfTheirOwn() throws Exception {
    takeAway();
    UsageRow one = Rows.of("a", "m", 1);
    UsageRow other = Rows.of("b", "m", 1);
    Ledger first = ledger();
    Ledger second = ledger();
    try (first;
        second) {
      first.add(one);
      second.add(other);
      Rows.until(() -> first.status().spilled() == 1 && second.status().spilled() == 1);
      assertThat(Files.size(data.resolve("usage.spill"))).isPositive();
      assertThat(Files.size(data.resolve("usage-1.spill"))).isPositive();
    }
    bringBack();
    // Only one of them comes back, and writes what both left.
    try (Ledger _ = ledger()) {
      Rows.until(() -> rows(UsageFilter.ALL).size() == 2);
    }
    assertThat(rows(UsageFilter.ALL)).containsExactlyInAnyOrder(one, other);
    assertThat(Files.size(data.resolve("usage-1.spill"))).isZero();
  }
}
