package dev.parley.it;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S12 where the other model is no larger, as far as anybody knows. */
@Timeout(60)
final class FailoverSmallerModelTest {

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .primary("models: [ { id: primary-model, context_length: 4096 } ]")
          .fallback("models: [ { id: fallback-model, context_length: 4096 } ]");

  @ParameterizedTest
  @EnumSource
  void s12DoesNotTryATextThatIsTooLongOnAModelOfTheSameSize(Face face) {
    two.primary().otherwise(Scenes.tooLong());
    two.ask(face, Scenes.SHORT).failed(KnownError.TOO_LONG, "maximum context length");
    two.tried(1, 0);
  }
}
