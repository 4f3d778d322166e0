package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CutsTest {

  private static final int CHUNK = 320;
  private static final int MOST = 500 * CHUNK;

  private final Loudness loudness = new Loudness(0.5, 0.35);
  private final Stretch growing = new Stretch(0, 0);

  private void hear(int chunks, float probability) {
    for (var i = 0; i < chunks; i++) {
      loudness.append(loudness.heard() + CHUNK, probability);
    }
  }

  @Test
  void aYoungStretchIsNotCut() {
    hear(200, 1);
    hear(50, 0);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK)).isEmpty();
  }

  @Test
  void anOldStretchIsCutInAShortPauseAndAYoungerOneInALongOne() {
    hear(350, 1);
    hear(5, 0);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK)).isEmpty();
    hear(13, 0);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK))
        .contains(new Cuts.Cut.InPause(new Loudness.Pause(350 * CHUNK, 368 * CHUNK)));
    hear(115, 1);
    hear(8, 0);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK))
        .contains(new Cuts.Cut.InPause(new Loudness.Pause(483 * CHUNK, 491 * CHUNK)));
  }

  @Test
  void atTheBoundWithoutAPauseTheNextClipSharesTheEnd() {
    hear(490, 1);
    hear(4, 0);
    hear(5, 1);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK))
        .contains(new Cuts.Cut.Shared(399 * CHUNK, 499 * CHUNK));
  }

  @Test
  void atTheBoundTheBestPauseBehindItIsTaken() {
    hear(200, 1);
    hear(10, 0);
    hear(100, 1);
    hear(3, 0);
    hear(186, 0.9f);
    assertThat(Cuts.now(loudness, growing, MOST, CHUNK))
        .contains(new Cuts.Cut.InPause(new Loudness.Pause(200 * CHUNK, 210 * CHUNK)));
  }
}
