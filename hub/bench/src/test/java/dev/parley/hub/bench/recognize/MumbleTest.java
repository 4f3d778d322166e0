package dev.parley.hub.bench.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MumbleTest {

  @Test
  void pausesAreLongEnoughToEndSpeech() {
    Mumble mumble = Mumble.talk(20, 1);
    List<Mumble.Phrase> phrases = mumble.phrases();
    assertThat(phrases).hasSizeBetween(4, 7);
    for (int i = 1; i < phrases.size(); i++) {
      int pause = phrases.get(i).from() - phrases.get(i - 1).to();
      assertThat(pause).isGreaterThan(Mumble.RATE_HZ);
    }
    assertThat(mumble.sound()).hasSize(20 * Mumble.RATE_HZ * 2);
    assertThat(mumble.sound().length / 2 - phrases.getLast().to())
        .isGreaterThanOrEqualTo(Mumble.RATE_HZ * 3 / 2);
  }
}
