package dev.parley.hub.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VoiceRulesTest {

  private static final VoiceReference REFERENCE =
      new VoiceReference("ref_a", "0", 2, 16_000, "", 2, -20, 40, 0);

  private static LibraryVoice voice(int references) {
    return new LibraryVoice(
        "voice_a",
        "anna",
        List.of(),
        Collections.nCopies(references, REFERENCE),
        Instant.EPOCH,
        Map.of(),
        "now",
        "");
  }

  @Test
  void aVoiceGetsRecordingsUntilItHasTen() {
    assertThatCode(() -> VoiceRules.change(voice(7), "", 3)).doesNotThrowAnyException();
    refused(
        () -> VoiceRules.change(voice(7), "", 4),
        new HubError.InvalidRequest(
            "references", "4 recordings more than the 7 that it has", "at most 10 together"));
  }

  @Test
  void onlyWhoNamesTheEtagOfNowOrNoneChangesAVoice() {
    assertThatCode(() -> VoiceRules.change(voice(1), "now", 0)).doesNotThrowAnyException();
    refused(
        () -> VoiceRules.change(voice(1), "before", 0),
        new HubError.EtagMismatch("voice", "voice_a"));
  }

  @Test
  void showsTheNearestNameAndNothingUnprintable() {
    refused(
        () -> {
          throw VoiceRules.missing("ann\u0007", List.of("bert", "anna"));
        },
        new HubError.NotFound(HubError.NotFound.Kind.VOICE, "ann\\u0007", Optional.of("anna")));
  }

  private static void refused(ThrowingCallable call, HubError error) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HubException.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
  }
}
