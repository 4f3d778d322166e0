package dev.parley.hub.bench.sheet;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Outcome;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Row.Skipped;
import dev.parley.hub.usage.CsvLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes rows as they are measured: tells of each at once, and keeps every figure on the disk before
 * the next is measured.
 */
public final class Sheet implements AutoCloseable {

  private final List<Row> rows = new ArrayList<>();
  private final Path file;
  private final Writer writer;
  private final PrintStream out;

  private Sheet(Path file, Writer writer, PrintStream out) {
    this.file = file;
    this.writer = writer;
    this.out = out;
  }

  public static Sheet create(Path file, List<String> facts, PrintStream out) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Sheet sheet = new Sheet(file, Files.newBufferedWriter(file), out);
      facts.forEach(fact -> sheet.line("# " + fact));
      sheet.line("section,metric,unit,who,round,figure");
      return sheet;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  public List<Row> rows() {
    return rows;
  }

  /** One figure that needs no repetition. */
  public void add(Goal goal, double figure, Peer... peers) {
    add(goal, Figures.of(figure), List.of(peers));
  }

  public void add(Goal goal, Figures figures, List<Peer> peers) {
    add(new Row(goal, new Measured(figures), peers));
  }

  /** Measures, or says what is missing for it. */
  public void attempt(Goal goal, Supplier<Double> measurement) {
    try {
      add(goal, measurement.get());
    } catch (NotHere e) {
      skip(goal, e.what());
    }
  }

  /** Adds rows, or says what is missing for all of them. */
  public void attempt(List<Goal> goals, Runnable measurement) {
    int before = rows.size();
    try {
      measurement.run();
    } catch (NotHere e) {
      goals.stream()
          .filter(goal -> rows.stream().skip(before).noneMatch(row -> row.goal().equals(goal)))
          .forEach(goal -> skip(goal, e.what()));
    }
  }

  public void skip(Goal goal, String why) {
    add(new Row(goal, new Skipped(why), List.of()));
  }

  /** A figure behind a row, for the file alone. */
  public void raw(Goal goal, String who, double figure) {
    line(goal, who, 1, figure);
  }

  private void add(Row row) {
    rows.add(row);
    write(row.goal(), "parley", row.outcome());
    row.peers().forEach(peer -> write(row.goal(), peer.name(), peer.outcome()));
    out.println("  " + row.goal().metric() + ": " + row.ours() + " " + row.goal().unit());
  }

  private void write(Goal goal, String who, Outcome outcome) {
    if (outcome instanceof Measured(Figures figures)) {
      for (int i = 0; i < figures.rounds().size(); i++) {
        line(goal, who, i + 1, figures.rounds().get(i));
      }
    }
  }

  private void line(Goal goal, String who, int round, double figure) {
    line(
        new CsvLine()
            .text(goal.section())
            .text(goal.metric())
            .text(goal.unit())
            .text(who)
            .number(round)
            .figure(figure)
            .line());
  }

  private void line(String text) {
    try {
      writer.write(text + "\n");
      writer.flush();
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static BenchFailure unwritten(Path file, IOException cause) {
    return new BenchFailure("cannot write " + file + ": " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }
}
