package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A caller who names a backend gets that one or none. */
@Timeout(60)
final class PinnedBackendTest {

  @RegisterExtension
  final TwoBackends two = TwoBackends.openAi().each("retry: { backoff: 10ms, backoff_max: 20ms }");

  @ParameterizedTest
  @EnumSource
  void isServedByTheOneItNames(Face face) {
    for (String backend : new String[] {"fallback", "primary"}) {
      pinned(face, backend).whole(Scenes.SHORT_ANSWER).servedBy(backend).attempts(1);
    }
    two.tried(1, 1);
    assertThat(two.triesAtFallback().getFirst().header("x-parley-backend")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNotServedByAnotherWhenThatOneFails(Face face) {
    two.fallback().otherwise(Scenes.down());
    pinned(face, "fallback").failed(KnownError.OVERLOADED, "backend fallback is busy");
    assertThat(two.triesAtPrimary()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isToldThatThereIsNoSuchBackend(Face face) {
    pinned(face, "falback").failed(KnownError.INVALID, "did you mean fallback?");
    two.tried(0, 0);
  }

  private Outcome pinned(Face face, String backend) {
    return face.ask(
        two.hub(), Ask.of(TwoBackends.BOTH, Scenes.SHORT).with("x-parley-backend", backend));
  }
}
