package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Behaviour;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S16: the answer, its usage and the log name who served; what failed on the way costs nothing. */
@Timeout(60)
final class FailoverAccountingTest {

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().each("retry: { backoff: 10ms, backoff_max: 20ms }");

  @ParameterizedTest
  @EnumSource
  void s16BillsTheServedAnswerOnly(Face face) {
    two.primary().enqueue(Scenes.failing());
    two.primary().enqueue(beforeTheFirstToken(face));
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(3);
    // Three words heard, five said.
    assertThat(outcome.totalTokens()).isEqualTo(8);
    JsonNode line = two.line(outcome);
    assertThat(line.path("model").asText()).isEqualTo(TwoBackends.BOTH);
    assertThat(line.path("backend").asText()).isEqualTo("fallback");
    assertThat(line.path("backend_model").asText()).isEqualTo("fallback-model");
    assertThat(line.path("prompt_tokens").asInt()).isEqualTo(3);
    assertThat(line.path("completion_tokens").asInt()).isEqualTo(5);
    assertThat(line.path("attempts").asInt()).isEqualTo(3);
    assertThat(two.tries(outcome))
        .containsExactly(
            "primary first backend_failed", "primary retry backend_failed", "fallback first ok");
  }

  @ParameterizedTest
  @EnumSource
  void s16BillsNothingWhenNobodyServed(Face face) {
    two.primary().otherwise(Scenes.failing());
    Outcome outcome = two.askAlone(face, Scenes.SHORT);
    outcome.failed(KnownError.BACKEND_FAILED, "The engine failed");
    assertThat(outcome.told("x-parley-backend")).isEqualTo("primary");
    JsonNode line = two.line(outcome);
    assertThat(line.path("outcome").asText()).isEqualTo("backend_failed");
    assertThat(line.has("total_tokens")).isFalse();
    assertThat(line.path("tries")).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource
  void s16SaysNothingOfAttemptsWhereThereWasOne(Face face) {
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(1);
    assertThat(outcome.totalTokens()).isEqualTo(8);
    assertThat(two.line(outcome).has("tries")).isFalse();
  }

  /** The role is no token; half of a whole answer is none of it. */
  private static Behaviour beforeTheFirstToken(Face face) {
    return face.streams()
        ? Behaviour.usual().closeAfter(1)
        : Behaviour.usual().cutInto(100).closeAfter(2);
  }
}
