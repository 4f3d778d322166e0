package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** How long a server goes on speaking for callers who left in the middle. */
final class Leaving {

  private static final double CLOSED_MILLIS_MAX = 100;
  private static final int CALLERS = 16;
  private static final int CALLERS_QUICK = 2;
  private static final long LISTENS_NANOS = 100_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long LOOK_MILLIS = 20;

  private final Stage stage;
  private final int callers;
  private int number;

  Leaving(Stage stage, SpeechOptions options) {
    this.stage = stage;
    this.callers = options.quick() ? CALLERS_QUICK : CALLERS;
  }

  void round(Findings found) {
    double[] floor = closed(Way.DIRECT);
    for (Way way : List.of(Way.PCM, Way.MP3, Way.GRPC)) {
      double[] millis = closed(way);
      tell(found, way, "p50", Figures.percentile(millis, 0.5), Figures.percentile(floor, 0.5));
      tell(found, way, "max", millis[millis.length - 1], floor[floor.length - 1]);
    }
  }

  private void tell(Findings found, Way way, String which, double figure, double floor) {
    String section =
        "from a caller's leaving to the end of the server's connection, callers: " + callers;
    Goal goal =
        Goal.atMost(section, way.label() + ", " + which, "ms", CLOSED_MILLIS_MAX, Double.NaN);
    found.add(goal, figure);
    found.beside(goal, "direct", floor);
  }

  /** Milliseconds of each caller, sorted; one whose connection stayed open counts as for ever. */
  private double[] closed(Way way) {
    Map<Integer, CompletableFuture<Long>> left = new HashMap<>();
    List<Caller> opened = new ArrayList<>();
    try {
      for (int i = 0; i < callers; i++) {
        Caller caller = stage.caller(way);
        opened.add(caller);
        number++;
        left.put(number, leave(caller, way.model(), number));
      }
      Map<Integer, Long> leftNanos = new HashMap<>();
      left.forEach((one, when) -> leftNanos.put(one, Stage.await(when)));
      Map<Integer, Long> seen = farewells(leftNanos);
      double[] millis =
          leftNanos.entrySet().stream()
              .mapToDouble(one ->
                  seen.containsKey(one.getKey())
                      ? (seen.getOrDefault(one.getKey(), 0L) - one.getValue()) / 1e6
                      : Double.POSITIVE_INFINITY)
              .toArray();
      Arrays.sort(millis);
      return millis;
    } finally {
      opened.forEach(Caller::close);
    }
  }

  private CompletableFuture<Long> leave(Caller caller, String model, int which) {
    CompletableFuture<Long> left = new CompletableFuture<>();
    String text = "Number " + which + " " + "goes on speaking for quite a while ".repeat(4);
    var _ =
        caller
            .speak(model, text)
            .first()
            .thenRun(() -> stage.later(LISTENS_NANOS, () -> left.complete(caller.leave())));
    return left;
  }

  /** What the server saw, once it saw all of them or the patience is over. */
  private Map<Integer, Long> farewells(Map<Integer, Long> expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + stage.backend().port() + "/left"))
              .version(HttpClient.Version.HTTP_1_1)
              .timeout(PATIENCE)
              .build();
      while (true) {
        Map<Integer, Long> seen = new HashMap<>();
        client
            .send(request, HttpResponse.BodyHandlers.ofString())
            .body()
            .lines()
            .map(line -> line.split(" ", -1))
            .forEach(words -> seen.put(Integer.parseInt(words[0]), Long.parseLong(words[1])));
        if (seen.keySet().containsAll(expected.keySet()) || System.nanoTime() > deadline) {
          return seen;
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (IOException e) {
      throw new BenchFailure("the server of speech does not tell who left: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailure("interrupted", e);
    }
  }
}
