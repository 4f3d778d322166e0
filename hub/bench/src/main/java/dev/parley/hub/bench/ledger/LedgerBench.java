package dev.parley.hub.bench.ledger;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.UsageConfig;
import dev.parley.hub.usage.Ledger;
import dev.parley.hub.usage.LedgerStatus;
import dev.parley.hub.usage.RowIds;
import dev.parley.hub.usage.UsageRow;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Adds rows to a ledger at a rate and as fast as it takes them, and writes as many rows with
 * nothing around the driver in the same round. Tells what is sustained, what the longest line and
 * the fullest heap were, and what adding costs its thread.
 */
public final class LedgerBench {

  private static final int BATCH = 1_000;
  private static final int ADDS = 20_000;
  private static final int LAPS = 10;
  private static final long LOOK_NANOS = 5_000_000;
  private static final long MEGABYTE = 1 << 20;

  private final LedgerOptions options;
  private final Clock clock;
  private final RowIds ids;
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();
  private boolean good = true;

  private LedgerBench(LedgerOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.ids = new RowIds(clock.nanoTime());
  }

  /** Measures and tells; whether the rate was sustained without losing a row. */
  public static boolean run(LedgerOptions options, Clock clock, PrintStream out) {
    LedgerBench bench = new LedgerBench(options, clock);
    try {
      for (int i = 0; i < options.rounds(); i++) {
        bench.round();
      }
    } catch (IOException | SQLException e) {
      throw new BenchFailure("the ledger cannot be measured: " + e, e);
    }
    bench.tell(out);
    return bench.good;
  }

  private void round() throws IOException, SQLException {
    // Where hubs keep things: the folder for temporary files may be memory.
    Path parent = Files.createDirectories(Path.of("data/bench"));
    Path folder = Files.createTempDirectory(parent, "ledger-");
    try {
      add();
      floor("SQLite", "jdbc:sqlite:" + folder.resolve("floor.db"));
      ledger("SQLite", Optional.empty(), folder.resolve("paced"), options.rate());
      ledger("SQLite", Optional.empty(), folder.resolve("full"), Integer.MAX_VALUE);
      if (options.database().isPresent()) {
        ledger("PostgreSQL", options.database(), folder.resolve("server"), options.rate());
        ledger("PostgreSQL", options.database(), folder.resolve("server"), Integer.MAX_VALUE);
      }
    } finally {
      delete(folder);
    }
  }

  private void note(String figure, double value) {
    figures.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
  }

  private UsageRow row() {
    long now = clock.epochMillis();
    return new UsageRow(
        ids.next(now),
        now,
        "req_0123456789abcdef01234567",
        "team-a",
        "anna",
        new UsageRow.Asked("chat", "assistant", true),
        new UsageRow.Served("gpu-1", "qwen3-8b", 1, ""),
        new UsageRow.Used(812, 154, 0, 0, 0, 0, false, 0, 0, 0),
        212,
        1_873,
        "ok",
        new UsageRow.Cost(1_234, "USD"));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** What one call pays on its event loop, in processor time. */
  private void add() throws IOException {
    Path folder = Files.createTempDirectory("ledger-bench-add-");
    try (Ledger ledger = Ledger.open(Optional.empty(), folder, UsageConfig.DEFAULT, clock)) {
      for (int lap = 0; lap < LAPS; lap++) {
        UsageRow[] rows = new UsageRow[ADDS];
        long begin = cpuNanos();
        for (int i = 0; i < ADDS; i++) {
          rows[i] = row();
        }
        long made = cpuNanos();
        for (UsageRow row : rows) {
          ledger.add(row);
        }
        long added = cpuNanos();
        if (lap == LAPS - 1) {
          note("ns to make a row", (made - begin) / (double) ADDS);
          note("ns to add it", (added - made) / (double) ADDS);
        }
        while (ledger.status().waiting() > 0) {
          LockSupport.parkNanos(LOOK_NANOS);
        }
      }
    } finally {
      delete(folder);
    }
  }

  /** The same rows in the same batches, by the driver alone. */
  private void floor(String name, String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE f (id VARCHAR(32) PRIMARY KEY, day BIGINT, " + columns() + ")");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE INDEX f_by_day ON f (day)");
      connection.setAutoCommit(false);
      long begin = clock.nanoTime();
      long end = begin + options.seconds() * 1_000_000_000L / 2;
      long rows = 0;
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO f VALUES (?, ?" + ", ?".repeat(26) + ")")) {
        while (clock.nanoTime() - end < 0) {
          for (int i = 0; i < BATCH; i++) {
            insert.setString(1, ids.next(clock.epochMillis()));
            insert.setLong(2, 20_000);
            for (int column = 3; column <= 28; column++) {
              if (column <= 13) {
                insert.setString(column, "team-a");
              } else {
                insert.setLong(column, column);
              }
            }
            insert.addBatch();
          }
          var _ = insert.executeBatch();
          connection.commit();
          rows += BATCH;
        }
      }
      note(name + ": rows/s of the driver alone", rows * 1e9 / (clock.nanoTime() - begin));
    }
  }

  private static String columns() {
    StringBuilder columns = new StringBuilder();
    for (int i = 3; i <= 28; i++) {
      columns
          .append(i == 3 ? "" : ", ")
          .append('c')
          .append(i)
          .append(i <= 13 ? " TEXT" : " BIGINT");
    }
    return columns.toString();
  }

  private void ledger(String name, Optional<DatabaseConfig> server, Path folder, int rate)
      throws IOException {
    boolean paced = rate != Integer.MAX_VALUE;
    String cell = name + (paced ? " at " + rate + " rows/s" : " as fast as it goes") + ": ";
    long added = 0;
    long lineMax = 0;
    long heapMax = 0;
    LedgerStatus status;
    long begin;
    try (Ledger ledger = Ledger.open(server, folder, UsageConfig.DEFAULT, clock)) {
      ledger.add(row());
      while (ledger.status().written() == 0) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      begin = clock.nanoTime();
      long end = begin + options.seconds() * 1_000_000_000L;
      for (long now; (now = clock.nanoTime()) - end < 0; ) {
        long due =
            paced ? (long) ((now - begin) / 1e9 * rate) : added + room(ledger.status().waiting());
        for (; added < due; added++) {
          ledger.add(row());
        }
        lineMax = Math.max(lineMax, ledger.status().waiting());
        heapMax = Math.max(heapMax, heap());
        LockSupport.parkNanos(paced ? LOOK_NANOS : LOOK_NANOS / 5);
      }
      status = ledger.status();
      while (ledger.status().written() < added + 1) {
        LockSupport.parkNanos(LOOK_NANOS);
        if (clock.nanoTime() - end > 30_000_000_000L) {
          break;
        }
      }
      LedgerStatus last = ledger.status();
      note(cell + "rows/s written", (last.written() - 1) * 1e9 / (clock.nanoTime() - begin));
      note(cell + "rows in line at the most", (double) lineMax);
      note(cell + "heap at the most, MB", heapMax / (double) MEGABYTE);
      note(cell + "rows put aside", (double) last.spilled());
      note(cell + "rows lost", (double) last.dropped());
      note(
          cell + "rows left when the adding ended",
          added + 1.0 - Math.min(added + 1, status.written()));
      good &= last.dropped() == 0 && last.written() >= added + 1;
    }
  }

  /** Whoever adds without measure would measure the file for what is left over. */
  private static long room(long waiting) {
    return Math.max(0, 4 * BATCH - waiting);
  }

  private static long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private void tell(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "medians of %d rounds of %d s; spread in brackets; every commit synced, flush %d ms%n",
        options.rounds(),
        options.seconds(),
        UsageConfig.DEFAULT.flush().toMillis());
    figures.forEach((name, values) ->
        out.printf(Locale.ROOT, "  %-52s %s%n", name, new Figures(values).text()));
    out.println(good ? "no row was lost" : "ROWS WERE LOST, OR CAME LATE");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
