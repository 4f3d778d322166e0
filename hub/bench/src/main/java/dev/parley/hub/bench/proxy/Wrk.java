package dev.parley.hub.bench.proxy;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.process.Servers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Drives the same calls with wrk, so that the own generator's figures can be judged. */
final class Wrk {

  private static final String SCRIPT =
      """
      wrk.method = "POST"
      wrk.headers["content-type"] = "application/json"
      wrk.body = [[BODY]]
      """;

  private Wrk() {}

  static void check(List<Contender> contenders, Duration time, PrintStream out) {
    Optional<Path> wrk = Servers.program("wrk");
    if (wrk.isEmpty()) {
      out.println("wrk is not installed: no cross-check");
      return;
    }
    for (Contender to : contenders) {
      out.printf("wrk, c=10, %s:%n", to.kind().label());
      drive(wrk.get(), to, time)
          .lines()
          .filter(line -> line.matches(".*(50%|99%|Requests/sec|Non-2xx|Socket).*"))
          .forEach(out::println);
    }
  }

  private static String drive(Path wrk, Contender to, Duration time) {
    try {
      Path script = Files.createTempFile("parley-bench", ".lua");
      try {
        Files.writeString(script, SCRIPT.replace("BODY", body(to.call())));
        Process process =
            new ProcessBuilder(
                    wrk.toString(),
                    "-t1",
                    "-c10",
                    "-d" + time.toSeconds() + "s",
                    "--latency",
                    "-s",
                    script.toString(),
                    "http://127.0.0.1:" + to.port() + "/v1/chat/completions")
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        Files.delete(script);
      }
    } catch (IOException e) {
      throw new BenchFailure("wrk does not run: " + e.getMessage(), e);
    }
  }

  private static String body(byte[] request) {
    String text = new String(request, StandardCharsets.US_ASCII);
    return text.substring(text.indexOf("\r\n\r\n") + 4);
  }
}
