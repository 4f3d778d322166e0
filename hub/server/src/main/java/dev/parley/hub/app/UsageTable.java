package dev.parley.hub.app;

import dev.parley.hub.usage.UsageGroup;
import dev.parley.hub.usage.UsageTotal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Sums of usage for terminals; columns in which nothing was counted are left out. */
final class UsageTable {

  private static final String NONE = "-";
  private static final double MINUTE_MILLIS = 60_000;
  private static final int MICRO_DIGITS = 6;

  /**
   * What costs are summed in.
   *
   * @param isConfigured whether a configuration was read that told it; else it is the usual one
   */
  record Currency(String code, boolean isConfigured) {}

  private record Column(String head, Function<UsageTotal, String> cell) {}

  private UsageTable() {}

  static List<String> lines(List<UsageGroup> by, List<UsageTotal> totals, String currency) {
    UsageTotal all = totals.stream().reduce(UsageTotal::and).orElseThrow();
    List<Column> columns = columns(all, currency);
    List<String> heads = new ArrayList<>();
    by.forEach(group -> heads.add(group.name()));
    columns.forEach(column -> heads.add(column.head()));
    Table table = new Table(heads.toArray(String[]::new));
    for (UsageTotal total : totals) {
      List<String> cells = new ArrayList<>();
      total.group().forEach(name -> cells.add(name.isEmpty() ? NONE : name));
      columns.forEach(column -> cells.add(column.cell().apply(total)));
      table.row(cells.toArray(String[]::new));
    }
    if (totals.size() > 1) {
      List<String> cells = new ArrayList<>();
      by.forEach(_ -> cells.add(cells.isEmpty() ? "TOTAL" : ""));
      columns.forEach(column -> cells.add(column.cell().apply(all)));
      table.row(cells.toArray(String[]::new));
    }
    return table.lines();
  }

  private static List<Column> columns(UsageTotal all, String currency) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("CALLS", it -> Long.toString(it.calls())));
    columns.add(new Column("ERRORS", it -> Long.toString(it.errors())));
    if (all.inputTokens() + all.outputTokens() > 0) {
      columns.add(new Column("TOKENS IN", it -> Long.toString(it.inputTokens())));
      columns.add(new Column("CACHED", it -> Long.toString(it.cachedTokens())));
      columns.add(new Column("TOKENS OUT", it -> Long.toString(it.outputTokens())));
    }
    if (all.audioMillis() > 0) {
      columns.add(new Column("AUDIO MIN", it -> decimal(it.audioMillis() / MINUTE_MILLIS, 2)));
    }
    if (all.characters() > 0) {
      columns.add(new Column("CHARACTERS", it -> Long.toString(it.characters())));
    }
    if (all.bytes() > 0) {
      columns.add(new Column("BYTES", it -> Long.toString(it.bytes())));
    }
    columns.add(
        new Column("MEAN S", it -> ratio((double) it.durationMillis(), it.calls() * 1e3, 3)));
    columns.add(
        new Column(
            "FIRST BYTE S", it -> ratio((double) it.firstByteMillis(), it.answered() * 1e3, 3)));
    columns.add(new Column("COST " + currency, UsageTable::cost));
    if (all.audioMillis() > 0) {
      columns.add(new Column(currency + "/MIN", UsageTable::costOfMinute));
      // How long calls took for each minute of sound: 60 is as fast as it was spoken.
      columns.add(
          new Column(
              "S/MIN",
              it -> ratio(it.durationMillis() / 1e3, it.audioMillis() / MINUTE_MILLIS, 2)));
    }
    return columns;
  }

  /** What the sums do not show by themselves. */
  static List<String> notes(UsageTotal all, Currency currency) {
    List<String> notes = new ArrayList<>();
    if (all.unpriced() > 0) {
      notes.add(Words.count(all.unpriced(), "call") + " without a price, counted as nothing");
    }
    if (all.foreign() > 0) {
      notes.add(
          Words.count(all.foreign(), "call")
              + " with a price in another currency than "
              + currency.code()
              + ", in no sum of costs"
              + (currency.isConfigured()
                  ? ""
                  : "; the hub's file would tell its currency: --config FILE"));
    }
    if (all.guessed() > 0) {
      notes.add(
          Words.count(all.guessed(), "call") + " whose tokens nobody counted: they are guessed");
    }
    if (all.cacheHits() > 0) {
      notes.add(Words.count(all.cacheHits(), "call") + " answered by the cache");
    }
    return notes;
  }

  private static String cost(UsageTotal total) {
    return total.unpriced() + total.foreign() == total.calls() ? NONE : money(total.costMicros());
  }

  private static String money(long micros) {
    return BigDecimal.valueOf(micros, MICRO_DIGITS).toPlainString();
  }

  private static String costOfMinute(UsageTotal total) {
    if (total.audioMillis() == 0 || total.unpriced() + total.foreign() == total.calls()) {
      return NONE;
    }
    return BigDecimal.valueOf(total.costMicros(), MICRO_DIGITS)
        .multiply(BigDecimal.valueOf((long) MINUTE_MILLIS))
        .divide(BigDecimal.valueOf(total.audioMillis()), MICRO_DIGITS, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static String ratio(double value, double of, int digits) {
    return of == 0 ? NONE : decimal(value / of, digits);
  }

  private static String decimal(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
