package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speech.Pronunciation;
import dev.parley.core.speech.SpeechText;
import java.util.List;
import org.junit.jupiter.api.Test;

class AliasesTest {

  @Test
  void replacesWholeWordsOnly() {
    List<Pronunciation> sql = List.of(new Pronunciation("SQL", "alias", "sequel"));
    assertThat(Aliases.applied("SQL, sql and MySQL.", sql)).isEqualTo("sequel, sequel and MySQL.");
  }

  @Test
  void takesThePhraseAndTheWordsAsTheyAre() {
    List<Pronunciation> cost = List.of(new Pronunciation("a.b*", "Alias", "$1 \\ dollars"));
    assertThat(Aliases.applied("a.b* axb", cost)).isEqualTo("$1 \\ dollars axb");
  }

  @Test
  void leavesTheRestToTheModels() {
    Pronunciation ipa = new Pronunciation("tomato", "ipa", "təˈmeɪtoʊ");
    assertThat(Aliases.others(List.of(ipa, new Pronunciation("x", "alias", "y"))))
        .containsExactly(ipa);
    assertThat(Aliases.applied("tomato", List.of(ipa))).isEqualTo("tomato");
  }

  @Test
  void aPieceKeepsItsPlaceAndMarkupItsWords() {
    List<Pronunciation> sql = List.of(new Pronunciation("SQL", "alias", "sequel"));
    assertThat(Aliases.applied(new Unit.Piece(1, new SpeechText.Plain("SQL"), 7, true, 80), sql))
        .isEqualTo(new Unit.Piece(1, new SpeechText.Plain("sequel"), 7, true, 80));
    Unit.Piece markup = new Unit.Piece(0, new SpeechText.Ssml("<speak>SQL</speak>"), 0, false, 0);
    assertThat(Aliases.applied(markup, sql)).isEqualTo(markup);
  }
}
