package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SynthesisAbilities;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PieceRulesTest {

  private static final SpeechText TEXT = new SpeechText.Plain("Ten words or so.");

  private static SynthesisAbilities abilities(boolean streams, int charactersMax) {
    SynthesisAbilities.Builder builder = SynthesisAbilities.builder().charactersMax(charactersMax);
    return (streams ? builder.streams() : builder).build();
  }

  private static boolean isCut(
      @Nullable SpeechText text, Optional<Boolean> split, SynthesisAbilities... meant) {
    return PieceRules.cutting(text, split, "en", List.of(meant)).cut();
  }

  @Test
  void aTextIsWholeOnlyWhereOneTargetStreamsAllOfIt() {
    assertThat(isCut(TEXT, Optional.empty(), abilities(true, 16))).isFalse();
    assertThat(isCut(TEXT, Optional.empty(), abilities(true, 15))).isTrue();
    assertThat(isCut(TEXT, Optional.empty(), abilities(false, 16))).isTrue();
    assertThat(isCut(TEXT, Optional.empty(), abilities(true, 16), abilities(true, 16))).isTrue();
  }

  @Test
  void theCallerDecidesButForMarkupAndForWhatIsStillBeingWritten() {
    assertThat(isCut(TEXT, Optional.of(false), abilities(false, 5))).isFalse();
    assertThat(isCut(TEXT, Optional.of(true), abilities(true, 100))).isTrue();
    assertThat(
            isCut(new SpeechText.Ssml("<speak>x</speak>"), Optional.of(true), abilities(false, 1)))
        .isFalse();
    assertThat(isCut(null, Optional.of(false), abilities(true, 100))).isTrue();
  }

  @Test
  void noPieceIsTooLongForAnyTarget() {
    List<SynthesisAbilities> meant = List.of(abilities(true, 300), abilities(false, 80));
    assertThat(PieceRules.cutting(TEXT, Optional.empty(), "en", meant))
        .isEqualTo(new Script.Cutting(true, 80, "en"));
  }

  @Test
  void speaksFewerPiecesAheadWhereSoundComesWhileItIsMade() {
    assertThat(PieceRules.aheadMax(1, false)).isEqualTo(2);
    assertThat(PieceRules.aheadMax(4, false)).isEqualTo(5);
    assertThat(PieceRules.aheadMax(100, false)).isEqualTo(8);
    assertThat(PieceRules.aheadMax(100, true)).isEqualTo(3);
    assertThat(PieceRules.aheadMax(Integer.MAX_VALUE, true)).isEqualTo(3);
  }
}
