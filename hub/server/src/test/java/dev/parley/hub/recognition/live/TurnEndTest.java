package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubException;
import dev.parley.hub.recognition.live.TurnEnd.Verdict;
import dev.parley.hub.recognition.live.TurnSettings.Eagerness;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnEndTest {

  private static TurnEnd turn(Mode mode, OptionalDouble eager) {
    var turn = new TurnEnd(LiveTurns.effective(Bench.turns(mode, TurnDetection.UNSTATED, eager)));
    turn.speechStarted();
    return turn;
  }

  @Test
  void silenceAloneEndsATurnWhateverWasSaid() {
    var turn = turn(Mode.SERVER_VAD, OptionalDouble.empty());
    assertThat(turn.judge(500, Optional.empty())).isEqualTo(Verdict.GOES_ON);
    turn.speechStopped();
    assertThat(turn.judge(500, Optional.empty())).isEqualTo(Verdict.OVER);
  }

  @Test
  void halfASentenceIsWaitedFor() {
    var turn = turn(Mode.SEMANTIC, OptionalDouble.empty());
    turn.speechStopped();
    assertThat(turn.judge(600, Optional.empty())).isEqualTo(Verdict.GOES_ON);
    assertThat(turn.judge(3_999, Optional.of(false))).isEqualTo(Verdict.GOES_ON);
    assertThat(turn.judge(4_000, Optional.of(false))).isEqualTo(Verdict.OVER);
  }

  @Test
  void aWholeSentenceIsNotWaitedFor() {
    var turn = turn(Mode.SEMANTIC, OptionalDouble.empty());
    turn.speechStopped();
    assertThat(turn.judge(500, Optional.of(true))).isEqualTo(Verdict.OVER);
  }

  @Test
  void nothingEndsATurnWhereNothingShall() {
    var turn = turn(Mode.NONE, OptionalDouble.of(0));
    turn.speechStopped();
    assertThat(turn.judge(500_000, Optional.of(true))).isEqualTo(Verdict.GOES_ON);
  }

  @Test
  void certaintyGrowsWithSilenceAndHalfOfItIsTheSentence() {
    var turn = turn(Mode.SERVER_VAD, OptionalDouble.of(0.75));
    assertThat(turn.judge(250, Optional.empty())).isEqualTo(Verdict.GOES_ON);
    assertThat(turn.judge(499, Optional.of(false))).isEqualTo(Verdict.GOES_ON);
    assertThat(turn.judge(240, Optional.of(true))).isEqualTo(Verdict.GOES_ON);
    assertThat(turn.judge(250, Optional.of(true))).isEqualTo(Verdict.PROBABLY_OVER);
    assertThat(turn.certainty()).isEqualTo(0.75);
    assertThat(turn.judge(260, Optional.of(true))).isEqualTo(Verdict.GOES_ON);
  }

  @Test
  void speechTakesAProbableEndBackOnce() {
    var turn = turn(Mode.SERVER_VAD, OptionalDouble.of(0.5));
    assertThat(turn.speechStarted()).isFalse();
    assertThat(turn.judge(100, Optional.of(true))).isEqualTo(Verdict.PROBABLY_OVER);
    assertThat(turn.speechStarted()).isTrue();
    assertThat(turn.speechStarted()).isFalse();
  }

  @Test
  void onlyTurnsInWhichSomebodySpokeAreCounted() {
    var turn = new TurnEnd(LiveTurns.effective(TurnSettings.UNSTATED));
    turn.end();
    assertThat(turn.turn()).isZero();
    turn.speechStarted();
    turn.end();
    assertThat(turn.turn()).isEqualTo(1);
    assertThat(turn.isBegun()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"LOW, 8000", "MEDIUM, 4000", "AUTO, 4000", "HIGH, 2000"})
  void eagernessIsALongestWait(Eagerness eagerness, int ms) {
    var said =
        new TurnSettings(
            Mode.SEMANTIC,
            TurnDetection.UNSTATED,
            eagerness,
            OptionalDouble.empty(),
            OptionalInt.empty());
    var effective = LiveTurns.effective(said);
    assertThat(effective.maxWaitMs()).hasValue(ms);
    assertThat(effective.speech().silenceDurationMs()).hasValue(500);
    assertThat(effective.speech().maxSpeechMs()).hasValue(20_000);
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    Assertions.assertThatThrownBy(
            () -> LiveTurns.effective(turnsWith(OptionalDouble.of(1.5), OptionalInt.empty())))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("turn_detection.eager_threshold");
    Assertions.assertThatThrownBy(
            () -> LiveTurns.effective(turnsWith(OptionalDouble.empty(), OptionalInt.of(-1))))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("turn_detection.max_wait_ms");
    Assertions.assertThatThrownBy(() ->
            LiveTurns.effective(Bench.turns(Mode.NONE, Bench.cutAt(100), OptionalDouble.empty())))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("turn_detection.max_speech_ms");
  }

  private static TurnSettings turnsWith(OptionalDouble eager, OptionalInt wait) {
    return new TurnSettings(Mode.SERVER_VAD, TurnDetection.UNSTATED, Eagerness.AUTO, eager, wait);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I am done.|true", "Really?!|true", "He said \"go.\"|true", "好的。|true", "क्या?|true",
        "ठीक है।|true", "and then|false", "and then,|false", "well...|false", "well…|false",
        "'' |false"
      })
  void sentencesAreWholeWhenTheirPunctuationSaysSo(String text, boolean whole) {
    assertThat(Sentences.isWhole(text)).isEqualTo(whole);
  }
}
