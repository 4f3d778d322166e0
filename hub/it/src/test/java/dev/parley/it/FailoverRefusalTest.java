package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S12 and S13: what the caller has to mend is not tried again, and not smuggled in elsewhere. */
@Timeout(60)
final class FailoverRefusalTest {

  private static final String MODEL = "models: [ { id: %s-model, context_length: %d } ]";

  @RegisterExtension
  final TwoBackends two =
      TwoBackends.openAi()
          .primary(MODEL.formatted("primary", 4096))
          .fallback(MODEL.formatted("fallback", 32_768));

  @ParameterizedTest
  @EnumSource
  void s12GivesATextThatIsTooLongToALargerModel(Face face) {
    two.primary().otherwise(Scenes.tooLong());
    Outcome outcome = two.ask(face, Scenes.SHORT);
    outcome.whole(Scenes.SHORT_ANSWER).servedBy("fallback").attempts(2);
    two.tried(1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void s12TellsItAtOnceWhenThereIsNoLargerModel(Face face) {
    two.primary().otherwise(Scenes.tooLong());
    Outcome outcome = two.askAlone(face, Scenes.SHORT);
    outcome.failed(KnownError.TOO_LONG, "maximum context length is 4096 tokens");
    outcome.attempts(1);
    two.tried(1, 0);
  }

  @ParameterizedTest
  @EnumSource
  void s12TellsTheLastWordOfTheLargerModel(Face face) {
    two.primary().otherwise(Scenes.tooLong());
    two.fallback().otherwise(Scenes.tooLong());
    two.ask(face, Scenes.SHORT).failed(KnownError.TOO_LONG, "maximum context length");
    two.tried(1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void s13TellsWhyAProviderRefusedAndAsksNobodyElse(Face face) {
    two.primary().otherwise(Scenes.filtered());
    for (String name : new String[] {TwoBackends.BOTH, TwoBackends.ALONE}) {
      two.primary().forgetRequests();
      Outcome outcome = face.ask(two.hub(), Ask.of(name, Scenes.SHORT));
      outcome.failed(KnownError.FILTERED, "refused by our safety system");
      outcome.attempts(1);
      two.tried(1, 0);
    }
  }

  /** The other way to refuse: in the answer itself. */
  @ParameterizedTest
  @EnumSource
  void s13PassesAnAnswerOnThatAFilterEnded(Face face) {
    Outcome outcome = two.ask(face, "one two three [[filter]]");
    assertThat(outcome.failure()).isNull();
    assertThat(outcome.finish()).isEqualTo("content_filter");
    outcome.servedBy("primary").attempts(1);
    two.tried(1, 0);
  }
}
