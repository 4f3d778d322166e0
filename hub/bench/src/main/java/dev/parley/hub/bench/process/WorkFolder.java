package dev.parley.hub.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for the files of one run, gone when that is over. */
public record WorkFolder(Path path) implements AutoCloseable {

  public static WorkFolder temporary() {
    try {
      return new WorkFolder(Files.createTempDirectory("parley-bench"));
    } catch (IOException e) {
      throw new BenchFailure("no temporary directory: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException _) {
      // What is left lies in the system's temporary directory, which cleans up after us.
    }
  }
}
