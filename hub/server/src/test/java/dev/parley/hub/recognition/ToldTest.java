package dev.parley.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ToldTest {

  @Test
  void theSameReadingGoesOnWhereItStopped() {
    assertThat(Told.rest("The quick brown", "The quick brown fox jumps.")).isEqualTo(" fox jumps.");
    assertThat(Told.rest("", "All of it.")).isEqualTo("All of it.");
    assertThat(Told.rest("All of it.", "All of it.")).isEmpty();
  }

  @Test
  void anotherReadingGoesOnBehindTheWordsThatAgree() {
    assertThat(Told.rest("the quick browne fox", "The quick brown fox jumps over."))
        .isEqualTo(" jumps over.");
    assertThat(Told.rest("Well the quick brown fox", "The quick brown fox jumps over."))
        .isEqualTo(" jumps over.");
  }

  @Test
  void writingWithoutBlanksIsComparedLetterByLetter() {
    assertThat(Told.rest("今天天汽", "今天天气很好")).isEqualTo("很好");
  }

  @Property
  void aMisheardWordCostsNothingButItself(
      @ForAll @Size(min = 6, max = 20) List<@IntRange(min = 0, max = 999) Integer> numbers,
      @ForAll @IntRange(min = 4, max = 5) int told) {
    List<String> words =
        java.util.stream.IntStream.range(0, numbers.size())
            .mapToObj(i -> "w" + i + "x" + numbers.get(i))
            .toList();
    String begun = String.join(" ", words.subList(0, told)).replace(words.get(1), "misheard");
    assertThat(Told.rest(begun, String.join(" ", words)))
        .isEqualTo(" " + String.join(" ", words.subList(told, words.size())));
  }
}
