package dev.parley.hub.bench.sheet;

import dev.parley.hub.bench.sheet.Goal.Verdict;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows as people read them: a line each, in columns, under the name of their section. */
public final class Table {

  private static final List<String> HEADS =
      List.of("", "unit", "ours", "must", "stretch", "others in the same run");

  private Table() {}

  /** Lines in the order of the rows. */
  public static List<String> lines(List<Row> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(HEADS);
    rows.forEach(row -> cells.add(cells(row)));
    int[] widths = new int[HEADS.size()];
    for (List<String> line : cells) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    String section = "";
    lines.add(padded(HEADS, widths));
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).goal().section().equals(section)) {
        section = rows.get(i).goal().section();
        lines.add("");
        lines.add(section);
      }
      lines.add(padded(cells.get(i + 1), widths));
    }
    return lines;
  }

  /** How many bounds were kept, and the names of those that were not. */
  public static List<String> summary(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    int met = 0;
    int stretched = 0;
    List<Row> measured = rows.stream().filter(row -> row.outcome() instanceof Measured).toList();
    for (Row row : measured) {
      met += verdict(row) == Verdict.MET ? 1 : 0;
      stretched += row.stretch().endsWith(Verdict.MET.label()) ? 1 : 0;
      if (verdict(row) == Verdict.MISSED) {
        lines.add(
            "  MISSED "
                + row.goal().section()
                + ", "
                + row.goal().metric()
                + ": "
                + row.ours()
                + ", "
                + row.goal().direction().sign()
                + " "
                + Figures.number(row.goal().must())
                + " "
                + row.goal().unit());
      }
    }
    lines.addFirst(
        String.format(
            Locale.ROOT,
            "goals: %d met, %d missed; stretch goals met: %d; rows skipped: %d",
            met,
            lines.size(),
            stretched,
            rows.size() - measured.size()));
    return lines;
  }

  private static Verdict verdict(Row row) {
    return row.outcome() instanceof Measured m
        ? row.goal().must(m.figures().median())
        : Verdict.NONE;
  }

  private static List<String> cells(Row row) {
    return List.of(
        "  " + row.goal().metric(),
        row.goal().unit(),
        row.ours(),
        row.must(),
        row.stretch(),
        row.peers().stream().map(Peer::text).collect(Collectors.joining("; ")));
  }

  private static String padded(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(cells.get(i)).repeat(' ', widths[i] - cells.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }
}
