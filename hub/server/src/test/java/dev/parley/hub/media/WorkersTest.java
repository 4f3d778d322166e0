package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @Test
  void refusesOneCallMoreThanAllowedAndSaysWhenToComeAgain() {
    try (Workers workers = new Workers(1, 2, 1)) {
      Place first = workers.take();
      Place second = workers.take();
      assertThatThrownBy(workers::take)
          .isInstanceOfSatisfying(
              HubException.class,
              e ->
                  assertThat(e.error())
                      .isInstanceOfSatisfying(
                          HubError.Overloaded.class,
                          overloaded ->
                              assertThat(overloaded.retryAfter())
                                  .isEqualTo(Duration.ofSeconds(1))));
      assertThat(workers.status().refused()).isEqualTo(1);
      first.close();
      first.close();
      assertThat(workers.status().calls()).isEqualTo(1);
      workers.take().close();
      second.close();
      assertThat(workers.status().calls()).isZero();
    }
  }

  @Test
  void whoSpeaksTakesNoPlaceOfOthers() {
    try (Workers workers = new Workers(1, 1, 2)) {
      Place call = workers.take();
      Place first = workers.takeSpeaking();
      Place second = workers.takeSpeaking();
      assertThatThrownBy(workers::takeSpeaking)
          .isInstanceOf(HubException.class)
          .hasMessageContaining("speaks to 2 callers");
      assertThat(workers.status().speaking()).isEqualTo(2);
      second.close();
      workers.takeSpeaking().close();
      first.close();
      assertThat(workers.status().speaking()).isZero();
      assertThat(workers.status().calls()).isEqualTo(1);
      call.close();
    }
  }

  @Test
  void runsStepsOnThreadsOfItsOwn() {
    try (Workers workers = new Workers(2, 2, 1);
        Place place = workers.take()) {
      CompletableFuture<String> name = new CompletableFuture<>();
      place.run(() -> name.complete(Thread.currentThread().getName()));
      assertThat(name).succeedsWithin(Duration.ofSeconds(5)).asString().startsWith("parley-media-");
    }
  }

  @Test
  void refusesStepsOnceTheHubStops() {
    Workers workers = new Workers(1, 1, 1);
    Place place = workers.take();
    workers.close();
    assertThatThrownBy(() -> place.run(() -> {}))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("stopping");
  }
}
