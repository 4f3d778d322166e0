package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecogniserTest {
  private final Recogniser recogniser = new Recogniser();
  private final Talk talk =
      Talk.begin(16_000).say("one two three").silence(0.5).say("a b c d e f g h i");

  @Test
  void wordsComeInSegmentsThatEndAtPausesAndAfterEightWords() {
    var heard = recogniser.hear(talk.wav());
    assertThat(heard.text()).isEqualTo(talk.text());
    assertThat(heard.seconds()).isCloseTo(talk.seconds(), within(1e-4));
    assertThat(heard.segments().stream().map(Recogniser.Segment::text))
        .containsExactly("one two three", "a b c d e f g h", "i");
    assertThat(heard.segments().get(1).start())
        .isCloseTo(talk.words().get(3).start(), within(0.015));
    assertThat(heard.segments().get(1).end()).isCloseTo(talk.words().get(10).end(), within(0.015));
  }

  @Test
  void everyNthCallHasOneWrongWord() {
    recogniser.mishears(3);
    var sound = Talk.begin(16_000).say("one two three").silence(0.1).wav();
    var texts = List.of(text(sound), text(sound), text(sound), text(sound));
    assertThat(texts)
        .containsExactly("one two three", "one two three", "one owt three", texts.getFirst());
  }

  @Test
  void aCutWordIsMisheardOnceMistakesAreWanted() {
    var word = talk.words().get(1);
    var cut = talk.wav(0, word.end() - 0.05);
    assertThat(text(cut)).isEqualTo("one tw");
    recogniser.mishears(1_000);
    assertThat(text(cut)).isEqualTo("one wt");
  }

  @Test
  void countsWhatItWasAsked() {
    recogniser.hear(talk.wav(0, 1));
    recogniser.hear(talk.wav(0, 1.5));
    assertThat(recogniser.calls()).isEqualTo(2);
    assertThat(recogniser.seconds()).isCloseTo(2.5, within(1e-3));
    assertThat(recogniser.longestSeconds()).isCloseTo(1.5, within(1e-3));
  }

  @Test
  void takesTimeForTheCallAndForItsSound() {
    assertThat(recogniser.work(10)).isZero();
    recogniser.takes(Duration.ofMillis(20), Duration.ofMillis(3));
    assertThat(recogniser.work(10)).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void whatIsNoSoundIsUnreadable() {
    for (var file : List.of("", "RIFFxxxxWAVE", "no sound at all, only text ".repeat(10))) {
      assertThatThrownBy(() -> recogniser.hear(file.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(Recogniser.UnreadableSound.class);
    }
  }

  @Test
  void otherFormatsNeedADecoder() {
    recogniser.decoder(_ -> talk.wav());
    assertThat(recogniser.hear(new byte[] {1}).text()).isEqualTo(talk.text());
  }

  private String text(byte[] wav) {
    return recogniser.hear(wav).text();
  }
}
