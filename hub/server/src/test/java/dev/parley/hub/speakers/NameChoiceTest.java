package dev.parley.hub.speakers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.hub.speakers.NameChoice.Likeness;
import dev.parley.hub.speakers.NameChoice.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NameChoiceTest {

  private static SpeakerTurn turn(String speaker, double start, double end) {
    return new SpeakerTurn(speaker, start, end, OptionalDouble.empty());
  }

  @Test
  void aVoiceIsShownByTheMiddleOfItsLongestTurn() {
    var turns = List.of(turn("A", 0, 3), turn("B", 3, 4.9), turn("A", 5, 30), turn("C", 30, 32));
    assertThat(NameChoice.samples(turns, 1))
        .containsExactly(new Sample("A", 12.5, 22.5), new Sample("C", 30, 32));
  }

  @Test
  void noMoreIsComparedThanTheBoundAllows() {
    var turns = new ArrayList<SpeakerTurn>();
    for (var i = 0; i < 100; i++) {
      turns.add(turn("S" + i, i * 3, i * 3 + 2 + i / 200.0));
    }
    assertThat(NameChoice.samples(turns, 32))
        .extracting(Sample::label)
        .containsExactly("S99", "S98");
    assertThat(NameChoice.samples(turns, 1)).hasSize(64);
    assertThat(NameChoice.samples(turns, 3)).hasSize(21);
  }

  @Test
  void theMostAlikeGetTheNameAndNobodyTwice() {
    assertThat(
            NameChoice.names(
                List.of(
                    new Likeness("A", "Ann", 0.7),
                    new Likeness("B", "Ann", 0.9),
                    new Likeness("A", "Bob", 0.6),
                    new Likeness("B", "Bob", 0.8))))
        .isEqualTo(Map.of("B", "Ann", "A", "Bob"));
    assertThat(NameChoice.names(List.of())).isEmpty();
  }

  @Test
  void theOthersKeepTheirLabels() {
    assertThat(NameChoice.named(List.of(turn("A", 0, 1), turn("B", 1, 2)), Map.of("B", "Bob")))
        .containsExactly(turn("A", 0, 1), turn("Bob", 1, 2));
  }
}
