package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Behaviour;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * S08, S09 and S14 where nothing may or can be continued: a stream that breaks off after its first
 * token ends with an error, never as if it were whole; a whole answer that breaks off is made
 * elsewhere.
 */
@Timeout(60)
final class FailoverCutTest {

  private static final String FORTY_TOKENS = "You said: hi" + Scenes.words(1, 37);
  private static final String TWENTY_TOKENS = "You said: hi" + Scenes.words(1, 17);

  /** The role and so many tokens, or half of a whole answer, which is one frame else. */
  private static Behaviour cutAfter(Face face, int tokens) {
    return face.streams()
        ? Behaviour.usual().closeAfter(1 + tokens)
        : Behaviour.usual().cutInto(100).closeAfter(3);
  }

  private static Behaviour silentAfter(Face face, int tokens) {
    return face.streams()
        ? Behaviour.usual().hangAfter(1 + tokens)
        : Behaviour.usual().cutInto(100).hangAfter(3);
  }

  /** Two that cannot continue an answer, whatever is wished for. */
  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .each("timeouts: { first_byte: 400ms, idle: 400ms }")
          .each("retry: { backoff: 10ms, backoff_max: 20ms }")
          .alias("continue: true");

  @ParameterizedTest
  @EnumSource
  void s08EndsWithAClearError(Face face) {
    two.primary().enqueue(cutAfter(face, 40));
    Outcome outcome = two.ask(face, Scenes.LONG);
    if (face.streams()) {
      outcome.failed(KnownError.BACKEND_FAILED, "backend 'primary' failed");
      assertThat(outcome.text()).isEqualTo(FORTY_TOKENS);
      two.tried(1, 0);
    } else {
      outcome.whole(Scenes.LONG_ANSWER).servedBy("primary").attempts(2);
      two.tried(2, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void s09AStreamThatFallsSilentIsOverInTimeAndHarmsNobody(Face face) {
    two.primary().enqueue(silentAfter(face, 20));
    Outcome outcome = two.ask(face, Scenes.LONG);
    if (face.streams()) {
      outcome.failed(KnownError.TIMEOUT, "phase idle after 400 ms");
      assertThat(outcome.text()).isEqualTo(TWENTY_TOKENS);
    } else {
      outcome.whole(Scenes.LONG_ANSWER).servedBy("fallback").attempts(2);
    }
    two.tried(1, face.streams() ? 0 : 1);
    two.hub().holdsNothing();
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary");
  }

  /** The fallback would refuse a beginning with 400; nobody may ever see that. */
  @ParameterizedTest
  @EnumSource
  void s14NeverShowsTheFallbacksRefusalOfABeginning(Face face) {
    two.primary().otherwise(cutAfter(face, 40));
    two.fallback()
        .otherwise(
            Behaviour.status(
                400,
                "{\"error\":{\"message\":\"assistant prefill is not supported\","
                    + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"));
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.failed(KnownError.BACKEND_FAILED, "backend 'primary' failed");
    if (face.streams()) {
      assertThat(outcome.text()).isEqualTo(FORTY_TOKENS);
      two.tried(1, 0);
    }
    for (var request : two.triesAtFallback()) {
      JsonNode last = request.json().path("messages").path(0);
      assertThat(last.path("role").asText()).as("no beginning was sent").isEqualTo("user");
    }
  }
}
