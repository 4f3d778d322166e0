package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.backend.RecordedRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S08, S09 and S14 among servers that can take up an answer: the caller gets the whole of it, and
 * cannot tell where it broke.
 */
@Timeout(60)
final class FailoverContinuationTest {

  private static final String FORTY_TOKENS = "You said: hi" + Scenes.words(1, 37);

  private static final Behaviour NO_PREFILL =
      Behaviour.status(
          400,
          "{\"error\":{\"message\":\"assistant prefill is not supported\","
              + "\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}");

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.vllm()
          .each("timeouts: { first_byte: 400ms, idle: 400ms }")
          .alias("continue: true");

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s08FinishesElsewhereWhatBrokeOff(Face face) {
    two.primary().enqueue(Behaviour.usual().closeAfter(1 + 40));
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.whole(Scenes.LONG_ANSWER);
    two.tried(1, 1);
    RecordedRequest rest = two.triesAtFallback().getFirst();
    assertThat(lastMessage(rest).path("role").asText()).isEqualTo("assistant");
    assertThat(lastMessage(rest).path("content").asText()).isEqualTo(FORTY_TOKENS);
    assertThat(two.tries(outcome))
        .containsExactly("primary first backend_failed", "fallback resumption ok");
    // One question of one word, sixty words of answer, and not a token twice.
    assertThat(outcome.totalTokens()).isEqualTo(promptTokens() + 60);
    assertThat(two.line(outcome).path("completion_tokens").asInt()).isEqualTo(60);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s08FinishesWhatWasReset(Face face) {
    two.primary().enqueue(Behaviour.usual().paced(Duration.ofMillis(2)).resetAfter(41));
    two.ask(face, Scenes.LONG).whole(Scenes.LONG_ANSWER);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s09FinishesElsewhereWhatFellSilent(Face face) {
    two.primary().enqueue(Behaviour.usual().hangAfter(1 + 20));
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.whole(Scenes.LONG_ANSWER);
    two.tried(1, 1);
    assertThat(two.tries(outcome))
        .containsExactly("primary first timeout_idle", "fallback resumption ok");
  }

  /** The server that broke off comes last: it may be well again. */
  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s14GoesBackWhenTheOtherRefusesABeginning(Face face) {
    two.primary().enqueue(Behaviour.usual().closeAfter(1 + 40));
    two.fallback().otherwise(NO_PREFILL);
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.whole(Scenes.LONG_ANSWER).servedBy("primary");
    two.tried(2, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s14TellsTheFirstFailureWhenNobodyFinishes(Face face) {
    two.primary().enqueue(Behaviour.usual().closeAfter(1 + 40));
    two.primary().otherwise(Scenes.down());
    two.fallback().otherwise(NO_PREFILL);
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.failed(KnownError.BACKEND_FAILED, "backend 'primary' failed");
    assertThat(outcome.text()).isEqualTo(FORTY_TOKENS);
    assertThat(two.triesAtPrimary()).hasSizeBetween(1, 3);
    assertThat(two.triesAtFallback()).hasSize(1);
  }

  @Test
  void aWholeAnswerIsMadeAgainAndNotContinued() {
    two.primary().enqueue(Behaviour.usual().cutInto(100).closeAfter(3));
    two.ask(Face.REST_WHOLE, Scenes.LONG).whole(Scenes.LONG_ANSWER).servedBy("primary");
    assertThat(two.triesAtPrimary())
        .allSatisfy(r -> assertThat(lastMessage(r).path("role").asText()).isEqualTo("user"));
  }

  private static JsonNode lastMessage(RecordedRequest request) {
    JsonNode messages = request.json().path("messages");
    return messages.path(messages.size() - 1);
  }

  /** What the fake counts of the question, its marker included. */
  private static int promptTokens() {
    return Scenes.LONG.split(" ").length;
  }
}
