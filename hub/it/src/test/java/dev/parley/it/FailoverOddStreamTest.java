package dev.parley.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Answer;
import dev.parley.testkit.backend.Behaviour;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S10 and S11: what is odd and does no harm costs no answer and no second try. */
@Timeout(60)
final class FailoverOddStreamTest {

  private static final String ROLE = event("{\"role\":\"assistant\",\"content\":\"\"}", "null");
  private static final String USAGE =
      "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
          + "\"model\":\"primary-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
          + "\"completion_tokens\":5,\"total_tokens\":8}}\n\n";
  private static final String STOP = event("{}", "\"stop\"");
  private static final String DONE = "data: [DONE]\n\n";

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .each("timeouts: { idle: 5s }")
          .each("retry: { backoff: 10ms, backoff_max: 20ms }");

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s10SkipsABrokenEvent(Face face) {
    two.primary()
        .enqueue(
            events(
                ROLE,
                word("You said:"),
                "data: {\"choices\":[{\"ind\n\n",
                word(" so"),
                STOP,
                USAGE,
                DONE));
    two.ask(face, Scenes.SHORT).whole("You said: so").servedBy("primary").attempts(1);
    two.tried(1, 0);
  }

  /** Of a whole answer nothing can be skipped: another server gives another one. */
  @ParameterizedTest
  @EnumSource(names = {"REST_WHOLE", "GRPC_WHOLE"})
  void s10MakesAnAnswerAgainThatIsNoJson(Face face) {
    two.primary()
        .otherwise(
            Behaviour.reply(
                Answer.of(200, "application/json", "{\"choices\":[{\"ind".getBytes(UTF_8))));
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("fallback");
    two.askAlone(face, Scenes.SHORT).failed(KnownError.BACKEND_FAILED, "'primary' failed");
  }

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s11EndsWithoutAnEndMark(Face face) {
    two.primary().enqueue(events(ROLE, word("You said: so"), STOP, USAGE));
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole("You said: so").servedBy("primary").attempts(1);
    assertThat(outcome.totalTokens()).isEqualTo(8);
    two.tried(1, 0);
  }

  /** The connection stays open: whoever waits for the mark waits for the idle limit. */
  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s11DoesNotWaitForAnEndMark(Face face) {
    two.primary().enqueue(events(ROLE, word("You said: so"), STOP, USAGE).hangAfter(4));
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole("You said: so").servedBy("primary").attempts(1);
    assertThat(outcome.totalTokens()).isEqualTo(8);
    assertThat(two.line(outcome).path("ms").asInt()).isLessThan(4_000);
  }

  private static Behaviour events(String... events) {
    return Behaviour.reply(Answer.events(List.of(events)));
  }

  private static String word(String text) {
    return event("{\"content\":\"" + text + "\"}", "null");
  }

  private static String event(String delta, String finish) {
    return "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"primary-model\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }
}
