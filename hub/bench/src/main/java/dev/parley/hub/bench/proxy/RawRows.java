package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.process.BenchFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file of raw rows; each is on the disk before the next is measured. */
final class RawRows implements AutoCloseable {

  private final Path file;
  private final Writer writer;

  private RawRows(Path file, Writer writer) {
    this.file = file;
    this.writer = writer;
  }

  static RawRows create(Path file, List<String> facts) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      RawRows rows = new RawRows(file, Files.newBufferedWriter(file));
      facts.forEach(fact -> rows.line("# " + fact));
      rows.line(Row.HEADER);
      return rows;
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  void line(String text) {
    try {
      writer.write(text + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
