package dev.parley.adapters.vllmomni;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedLanguageTest {

  @ParameterizedTest
  @CsvSource({
    "English, en",
    "german., de",
    "'The language is French.', fr",
    "The spoken language is **Mandarin Chinese**., zh",
    "pt-BR, pt-BR",
    "'It is English, certainly English.', en"
  })
  void findsTheOneThatIsNamed(String answer, String tag) {
    assertThat(NamedLanguage.in(answer)).contains(tag);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "I cannot tell.", "It is English or German."})
  void noneOrTwoAreNone(String answer) {
    assertThat(NamedLanguage.in(answer)).isEmpty();
  }
}
