package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.Behaviour;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S08 among servers that could take up an answer, of which nobody wished that. */
@Timeout(60)
final class FailoverUnaskedContinuationTest {

  @RegisterExtension final TwoBackends two = TwoBackends.vllm();

  @ParameterizedTest
  @EnumSource(names = {"REST_STREAM", "GRPC_STREAM"})
  void s08EndsWithAClearError(Face face) {
    two.primary().enqueue(Behaviour.usual().closeAfter(1 + 40));
    Outcome outcome = two.ask(face, Scenes.LONG);
    outcome.failed(KnownError.BACKEND_FAILED, "backend 'primary' failed");
    assertThat(outcome.text()).isEqualTo("You said: hi" + Scenes.words(1, 37));
    two.tried(1, 0);
  }
}
