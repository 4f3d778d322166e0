package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.fault.FaultServer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must stay here stays here, even when nobody here can serve it. */
@Timeout(60)
final class PrivacyTest {

  private static final String PRIVACY = "privacy: local_only";

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .each("retry: { backoff: 10ms, backoff_max: 20ms }")
          .each("timeouts: { first_byte: 250ms }")
          .primary("local: true")
          .primary("models: [ { id: primary-model } ]")
          .alias(PRIVACY);

  @ParameterizedTest
  @EnumSource
  void isServedByWhoeverIsLocal(Face face) {
    two.ask(face, Scenes.SHORT).whole(Scenes.SHORT_ANSWER).servedBy("primary").attempts(1);
  }

  @ParameterizedTest
  @EnumSource
  void failsWhenEverythingLocalIsDown(Face face) {
    two.primary().otherwise(Scenes.down());
    two.ask(face, Scenes.SHORT).failed(KnownError.OVERLOADED, "backend primary is busy");
    two.primary().otherwise(Behaviour.hang());
    two.ask(face, Scenes.SHORT).failed(KnownError.TIMEOUT, "phase first_byte");
    assertThat(two.triesAtFallback()).as("calls that left the house").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void failsWhenNothingLocalIsThere(Face face) {
    two.primaryAt(FaultServer.refusing());
    two.ask(face, Scenes.SHORT).failed(KnownError.BACKEND_FAILED, "connection was refused");
    assertThat(two.triesAtFallback()).as("calls that left the house").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aCallerCanAskForItAsWell(Face face) {
    two.reload(yaml -> yaml.replace(PRIVACY, ""));
    two.primary().otherwise(Scenes.down());
    Ask ask = Ask.of(TwoBackends.BOTH, Scenes.SHORT).with("x-parley-privacy", "local_only");
    face.ask(two.hub(), ask).failed(KnownError.OVERLOADED, "backend primary is busy");
    assertThat(two.triesAtFallback()).as("calls that left the house").isEmpty();
    two.reload(yaml -> yaml.replace(PRIVACY, "").replace("local: true", "local: false"));
    face.ask(two.hub(), ask).failed(KnownError.UNABLE, "none of its backends is local");
    assertThat(two.triesAtFallback()).as("calls that left the house").isEmpty();
  }
}
