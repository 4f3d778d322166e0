package dev.parley.testkit.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

  @ParameterizedTest
  @ValueSource(strings = {"one", "one two", " one\n two ", "größe 日本 👋 x", ""})
  void deltasJoinToTheText(String text) {
    assertThat(String.join("", Words.deltas(text))).isEqualTo(text);
  }

  @Test
  void countsRunsOfNonBlanks() {
    assertThat(Words.count(" one\n two ")).isEqualTo(2);
    assertThat(Words.first("a b c", 2)).isEqualTo("a b");
  }
}
