package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoudnessTest {

  private final Loudness loudness = new Loudness(0.5, 0.35);

  /** A digit a chunk of 100 samples, in tenths. */
  private void hear(String tenths) {
    for (var i = 0; i < tenths.length(); i++) {
      loudness.append(loudness.heard() + 100, (tenths.charAt(i) - '0') / 10f);
    }
  }

  @Test
  void whatLiesBetweenTheBoundsKeepsThingsAsTheyAre() {
    hear("0449440400");
    assertThat(loudness.voicedStart(0)).isEqualTo(300);
    assertThat(loudness.voicedEnd(0)).isEqualTo(600);
  }

  @Test
  void silenceHasNoStartAndNoEnd() {
    hear("0000");
    assertThat(loudness.voicedStart(150)).isEqualTo(400);
    assertThat(loudness.voicedEnd(150)).isEqualTo(150);
  }

  @Test
  void bestPauseIsTheLongestWithinThePlaces() {
    hear("9900099090000099");
    assertThat(loudness.best(0, 1_600)).isEqualTo(new Loudness.Pause(900, 1_400));
    assertThat(loudness.best(0, 900)).isEqualTo(new Loudness.Pause(200, 500));
    assertThat(loudness.best(300, 900)).isEqualTo(new Loudness.Pause(300, 500));
  }

  @Test
  void withoutPauseTheQuietestChunkIsBest() {
    hear("998967999");
    assertThat(loudness.best(0, 900)).isEqualTo(new Loudness.Pause(400, 500));
    assertThat(loudness.best(500, 900)).isEqualTo(new Loudness.Pause(500, 600));
  }

  @Test
  void whatIsDroppedIsNotFoundAgain() {
    hear("9".repeat(500) + "0");
    loudness.dropBefore(49_000);
    assertThat(loudness.voicedEnd(49_100)).isEqualTo(50_000);
    assertThat(loudness.best(0, 50_100)).isEqualTo(new Loudness.Pause(50_000, 50_100));
  }
}
