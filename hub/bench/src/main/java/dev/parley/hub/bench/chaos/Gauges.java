package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.process.BenchFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what the hub says of its backends' places. */
final class Gauges {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final List<String> NAMES =
      List.of("parley_backend_running", "parley_backend_queued");

  private Gauges() {}

  /** The gauges that are not zero, as the hub spells them; empty when it has no such page. */
  static Optional<List<String>> taken(int port) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                  .timeout(TIMEOUT)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        return Optional.empty();
      }
      List<String> gauges =
          answer.body().lines().filter(line -> NAMES.stream().anyMatch(line::startsWith)).toList();
      return gauges.isEmpty()
          ? Optional.empty()
          : Optional.of(gauges.stream().filter(Gauges::isTaken).toList());
    } catch (IOException e) {
      throw new BenchFailure("the hub's metrics cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }

  private static boolean isTaken(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) != 0;
  }
}
