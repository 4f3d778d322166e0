package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who waits for whom at a server with one place, and who is told at once not to wait. */
@Timeout(60)
final class PriorityTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().primary("limits: { concurrency: 1, queue: 8 }");

  @ParameterizedTest
  @EnumSource
  void whoeverIsUrgentPassesWhoeverIsNot(Face face) throws Exception {
    Gate gate = new Gate();
    two.primary().enqueue(Behaviour.usual().gatedBeforeHeaders(gate));
    List<CompletableFuture<Outcome>> calls = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      calls.add(call(callers, face, "running", "standard"));
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      int queued = 0;
      for (String who : List.of("batch one", "batch two", "interactive one", "interactive two")) {
        calls.add(call(callers, face, who, who.substring(0, who.indexOf(' '))));
        queued(++queued);
      }
      gate.release();
      for (CompletableFuture<Outcome> call : calls) {
        call.join().servedBy("primary");
      }
    }
    List<String> served =
        two.triesAtPrimary().stream()
            .map(request -> request.json().at("/messages/0/content").asText())
            .toList();
    assertThat(served)
        .containsExactly("running", "interactive one", "interactive two", "batch one", "batch two");
  }

  /** A call took 600 ms, so whoever comes behind another will wait as long: longer than he can. */
  @ParameterizedTest
  @EnumSource
  void whoeverCannotWaitLongEnoughIsToldAtOnce(Face face) throws Exception {
    two.primary().enqueue(Behaviour.usual().delayed(Duration.ofMillis(600)));
    two.askAlone(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER);
    Gate gate = new Gate();
    two.primary().enqueue(Behaviour.usual().gatedBeforeHeaders(gate));
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Outcome> running = call(callers, face, Scenes.SHORT, "standard");
      assertThat(gate.awaitReached(PATIENCE)).isTrue();
      Ask hasty = Ask.of(TwoBackends.ALONE, "never sent").with("grpc-timeout", "500m");
      Outcome outcome = face.ask(two.hub(), hasty);
      Outcome.Failure failure = outcome.failed(KnownError.OVERLOADED, "queue of backend primary");
      assertThat(failure.retryAfterMillis()).isGreaterThanOrEqualTo(1_000);
      assertThat(two.line(outcome).path("ms").asInt()).isLessThan(500);
      gate.release();
      running.join().whole(Scenes.SHORT_ANSWER);
    } finally {
      gate.release();
    }
    two.tried(2, 0);
  }

  private CompletableFuture<Outcome> call(
      ExecutorService callers, Face face, String text, String priority) {
    Ask ask = Ask.of(TwoBackends.ALONE, text).with("x-parley-priority", priority);
    return CompletableFuture.supplyAsync(() -> face.ask(two.hub(), ask), callers);
  }

  private void queued(int count) {
    Waiting.untilTrue(
        count + " in the queue",
        PATIENCE,
        () -> two.hub().backend("primary").bulkhead().queued() == count);
  }
}
