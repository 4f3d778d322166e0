package dev.parley.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs every fake until standard input closes or the process is told to end. Options: {@code
 * --ports-file FILE} writes the base URIs as JSON once all of them answer, {@code --hub-yaml FILE}
 * a configuration for a hub ({@code -} is standard output for both), {@code --port KIND=N} chooses
 * a port, {@code --stay} ignores standard input.
 */
public final class FakeBackendsMain {
  private static final String USAGE =
      "usage: FakeBackendsMain [--ports-file FILE] [--hub-yaml FILE] [--port KIND=N]... [--stay]";

  private FakeBackendsMain() {}

  /** Exits with 2 and the usage when an option is not understood. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (var fakes = new FakeBackends()) {
      var options = Options.read(List.of(args));
      for (var port : options.ports().entrySet()) {
        var fake = fakes.all().get(port.getKey());
        if (fake == null) {
          throw new IllegalArgumentException(
              "unknown kind " + port.getKey() + " (known: " + fakes.all().keySet() + ")");
        }
        fake.listenOn(port.getValue());
      }
      fakes.start();
      write(options.hubYaml(), fakes.hubYaml(), System.out);
      write(options.portsFile(), fakes.portsJson() + "\n", System.out);
      if (options.stay()) {
        new CountDownLatch(1).await();
      }
      untilClosed();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  private static void untilClosed() throws IOException {
    var dropped = new byte[1024];
    int got;
    do {
      got = System.in.read(dropped);
    } while (got >= 0);
  }

  /**
   * Through a second file and a rename, so that whoever waits for the file never reads half of it.
   */
  private static void write(String target, String text, PrintStream out) throws IOException {
    if (target.equals("-")) {
      out.print(text);
      out.flush();
    } else if (!target.isEmpty()) {
      var file = Path.of(target).toAbsolutePath();
      var part = file.resolveSibling(file.getFileName() + ".part");
      Files.write(part, text.getBytes(UTF_8));
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
