package dev.parley.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void keepsWhatCanBeSeen() {
    assertThat(Shown.text("Größe “5” – 👍 語 'x' \"y\" \\"))
        .isEqualTo("Größe “5” – 👍 語 'x' \"y\" \\");
  }

  @Test
  void escapesWhatMovesACursorOrHides() {
    assertThat(Shown.text("a\u001b[2J\n\u009b\u202e\u2028\u00a0\ud800"))
        .isEqualTo("a\\u001b[2J\\n\\u009b\\u202e\\u2028\\u00a0\\ud800");
  }

  @Test
  void endsAQuoteOnlyAtItsEnd() {
    assertThat(Shown.quoted("a\" b\\")).isEqualTo("\"a\\\" b\\\\\"");
  }

  @Test
  void shortensBetweenCharacters() {
    assertThat(Shown.escaped("abc", 3)).isEqualTo("abc");
    assertThat(Shown.escaped("abcd", 3)).isEqualTo("abc…");
    assertThat(Shown.escaped("ab👍", 3)).isEqualTo("ab…");
    assertThat(Shown.line("x".repeat(1_000))).hasSize(1_000);
  }

  @Test
  void leavesAPlainKeyWithoutQuotes() {
    assertThat(Shown.key("base_url")).isEqualTo("base_url");
    assertThat(Shown.key("base url")).isEqualTo("\"base url\"");
  }
}
