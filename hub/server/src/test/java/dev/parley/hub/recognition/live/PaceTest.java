package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.TurnDetection;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final int CHUNK = 320;
  private static final TurnSettings USUAL = LiveTurns.effective(Bench.turns(Mode.SERVER_VAD));

  private final Loudness loudness = new Loudness(0.5, 0.35);
  private final Stretch growing = new Stretch(0, 0);

  private void hear(int chunks, float probability) {
    for (var i = 0; i < chunks; i++) {
      loudness.append(loudness.heard() + CHUNK, probability);
    }
  }

  private boolean isDue(TurnSettings turns) {
    return Pace.isDue(loudness, growing, loudness.heard(), turns);
  }

  @Test
  void halfASecondOfSpeechIsAskedAbout() {
    hear(100, 0);
    assertThat(isDue(USUAL)).isFalse();
    hear(24, 1);
    assertThat(isDue(USUAL)).isFalse();
    hear(1, 1);
    assertThat(isDue(USUAL)).isTrue();
  }

  @Test
  void aPauseIsAskedAboutSoonerWhereItsEndMayEndTheTurn() {
    var eager = Bench.turns(Mode.SERVER_VAD, TurnDetection.UNSTATED, OptionalDouble.of(0.5));
    hear(10, 1);
    hear(5, 0);
    assertThat(isDue(USUAL)).isFalse();
    assertThat(isDue(LiveTurns.effective(eager))).isTrue();
  }

  @Test
  void silenceBehindWordsThatWereAskedAboutIsNot() {
    hear(30, 1);
    growing.skipTo(30 * CHUNK);
    hear(200, 0);
    assertThat(isDue(USUAL)).isFalse();
  }
}
