package dev.parley.hub.app;

import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.usage.UsageBook;
import dev.parley.hub.usage.UsageCsv;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageGroup;
import dev.parley.hub.usage.UsageQueries;
import dev.parley.hub.usage.UsageRow;
import dev.parley.hub.usage.UsageTotal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code parley usage}: what was used, and what it cost. */
final class UsageCommand implements Command {

  private static final Option DATA =
      new Option("data", "FOLDER", "where the hub keeps its things; default data, or PARLEY_DATA");
  private static final Option BY =
      new Option(
          "by",
          "LIST",
          "sums over each of: " + String.join(", ", UsageGroup.wireNames()) + "; default key");
  private static final Option FROM =
      new Option("from", "DAY", "the first day, such as 2026-11-01, UTC; default 30 days ago");
  private static final Option TO = new Option("to", "DAY", "the last day, UTC; default today");
  private static final Option KEY = new Option("key", "NAME", "only calls of this key");
  private static final Option OWNER = new Option("owner", "NAME", "only calls of this owner");
  private static final Option MODEL = new Option("model", "NAME", "only calls of this model");
  private static final Option BACKEND = new Option("backend", "ID", "only what this one served");
  private static final Option KIND =
      new Option("kind", "WORD", "only calls of this kind, such as chat or transcription");
  private static final Option OUTCOME =
      new Option("outcome", "WORD", "only calls that ended so, such as ok");
  private static final Option CSV = new Option("csv", "", "every call as a line of CSV instead");

  private static final Map<UsageGroup, Option> FILTERS =
      new EnumMap<>(
          Map.of(
              UsageGroup.KEY, KEY,
              UsageGroup.OWNER, OWNER,
              UsageGroup.MODEL, MODEL,
              UsageGroup.BACKEND, BACKEND,
              UsageGroup.KIND, KIND,
              UsageGroup.OUTCOME, OUTCOME));

  private static final int DAYS = 30;

  @Override
  public String name() {
    return "usage";
  }

  @Override
  public String summary() {
    return "show what was used, by whom, and what it cost";
  }

  @Override
  public String lesson() {
    return """
    Sums up the ledger, whether a hub runs or not. Prices come from the configuration at the time
    of each call; calls without a price count nothing, and the table says how many they are.

      parley usage                                   each key, the last 30 days
      parley usage --by day,model --from 2026-11-01
      parley usage --by backend --kind transcription what a minute of recognition costs, and takes
      parley usage --csv --key team-a > calls.csv
    """;
  }

  @Override
  public List<Option> options() {
    return List.of(
        BY, FROM, TO, KEY, OWNER, MODEL, BACKEND, KIND, OUTCOME, CSV, DATA, Option.CONFIG);
  }

  @Override
  public int run(Arguments arguments, Shell shell) throws UsageException, ConfigException {
    List<UsageGroup> by = groups(arguments.get(BY).orElse("key"));
    long today = UsageRow.dayOf(shell.clock().epochMillis());
    UsageFilter filter = filter(arguments, today);
    Optional<OwnConfig> configured = own(arguments, shell);
    OwnConfig own = configured.orElse(OwnConfig.DEFAULT);
    Path data = Places.of(arguments.get(DATA), shell).data();
    if (own.database().isEmpty() && !Files.exists(data.resolve("usage.db"))) {
      shell
          .err()
          .println(
              "parley: no ledger in "
                  + Shown.quoted("" + data)
                  + "; --data names another folder, and a hub makes one with its first call");
      return Exit.FAILED;
    }
    try (UsageBook book = UsageBook.open(own.database(), data)) {
      if (arguments.has(CSV)) {
        shell.out().print(UsageCsv.HEAD);
        UsageQueries.rows(book, filter, row -> shell.out().print(UsageCsv.line(row)));
        shell.out().flush();
      } else {
        show(
            book,
            filter,
            by,
            new UsageTable.Currency(own.usage().currency(), configured.isPresent()),
            shell);
      }
      return Exit.FINE;
    } catch (HubException e) {
      shell.err().println("parley: the ledger cannot be read now; the log tells why");
      return Exit.FAILED;
    }
  }

  /** Without a file a hub keeps its ledger in the data folder. */
  private static Optional<OwnConfig> own(Arguments arguments, Shell shell) throws ConfigException {
    Optional<Path> file = Setup.file(arguments, shell);
    return file.isPresent() ? Optional.of(Setup.read(file.get(), shell).own()) : Optional.empty();
  }

  private static List<UsageGroup> groups(String text) throws UsageException {
    List<UsageGroup> groups = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      Optional<UsageGroup> group = UsageGroup.byName(name.strip());
      if (group.isEmpty()) {
        throw new UsageException(
            Arguments.unknown("group", name.strip(), UsageGroup.wireNames().stream()));
      }
      if (groups.contains(group.get())) {
        throw new UsageException("--by names " + group.get().wireName() + " twice");
      }
      groups.add(group.get());
    }
    return groups;
  }

  private static UsageFilter filter(Arguments arguments, long today) throws UsageException {
    long to = day(arguments, TO).orElse(today);
    long from = day(arguments, FROM).orElse(Math.min(to, today - DAYS));
    if (from > to) {
      throw new UsageException(
          "--from: " + LocalDate.ofEpochDay(from) + " is after " + LocalDate.ofEpochDay(to));
    }
    Map<UsageGroup, String> equal = new EnumMap<>(UsageGroup.class);
    FILTERS.forEach(
        (group, option) -> arguments.get(option).ifPresent(value -> equal.put(group, value)));
    return new UsageFilter(from, to, equal);
  }

  private static Optional<Long> day(Arguments arguments, Option option) throws UsageException {
    String text = arguments.get(option).orElse("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long day = LocalDate.parse(text).toEpochDay();
      if (day >= 0 && day <= UsageFilter.DAY_MAX) {
        return Optional.of(day);
      }
    } catch (DateTimeParseException _) {
      // Refused below, like a day that no call can be of.
    }
    throw new UsageException(
        "--" + option.name() + ": " + Shown.quoted(text) + " (expected: a day, 2026-11-30)");
  }

  private static void show(
      UsageBook book,
      UsageFilter filter,
      List<UsageGroup> by,
      UsageTable.Currency currency,
      Shell shell) {
    List<UsageTotal> totals =
        UsageQueries.totals(book, filter, by, currency.code(), UsageQueries.GROUPS_MAX);
    if (totals.isEmpty()) {
      shell.out().println("no calls from " + days(filter));
      return;
    }
    UsageTable.lines(by, totals, currency.code()).forEach(shell.out()::println);
    UsageTotal all = totals.stream().reduce(UsageTotal::and).orElseThrow();
    shell.out().println();
    shell.out().println(Words.count(all.calls(), "call") + " from " + days(filter));
    for (String note : UsageTable.notes(all, currency)) {
      shell.out().println(note);
    }
    if (totals.size() > UsageQueries.GROUPS_MAX) {
      shell.out().println("only the first " + UsageQueries.GROUPS_MAX + " groups are shown");
    }
  }

  private static String days(UsageFilter filter) {
    return LocalDate.ofEpochDay(filter.fromDay()) + " to " + LocalDate.ofEpochDay(filter.toDay());
  }
}
