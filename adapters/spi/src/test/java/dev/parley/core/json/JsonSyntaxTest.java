package dev.parley.core.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

  private static JsonSyntaxException refusal(String text) {
    return refusal(text.getBytes(UTF_8));
  }

  private static JsonSyntaxException refusal(byte[] text) {
    return catchThrowableOfType(JsonSyntaxException.class, () -> Json.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " [ ] ",
        "{ }",
        "0",
        "-0",
        "-0.5",
        "1e5",
        "1E+05",
        "1.5e-10",
        "true",
        "false",
        "null",
        "\"\"",
        "\"\\u0041\\/\"",
        "[1,[2,{\"a\":[]}],{}]",
        "{\"a\":1,\"a\":2}",
        "\t\r\n {\"\":{}}\n",
        "\"\u007f\"",
        "\"\\ud800\"",
        "\"\ud7ff\ue000\uffff\""
      })
  void acceptsTextsOfTheGrammar(String text) {
    assertThat(Json.parse(text.getBytes(UTF_8)).raw()).isEqualTo(text.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "]",
        "}",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "{\"a\":1]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{,}",
        "{1:2}",
        "01",
        "-",
        "-01",
        "+1",
        "1.",
        ".5",
        "1.e5",
        "1e",
        "1e+",
        "0x10",
        "NaN",
        "Infinity",
        "-Infinity",
        "tru",
        "truee",
        "True",
        "nul",
        "falsE",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "\"\t\"",
        "\"\u0000\"",
        "1 2",
        "{} {}",
        "[]]",
        "// c\n1",
        "/**/1",
        "\f1",
        "\u00a01",
        "\u0000",
        "1\u0000",
        "\"a\"b",
        "[1]\u0000"
      })
  void refusesWhatTheGrammarDoesNotHold(String text) {
    assertThat(refusal(text)).isNotNull();
    assertThat(Json.isValid(text.getBytes(UTF_8), 0, text.getBytes(UTF_8).length)).isFalse();
  }

  /// Each character stands for one byte.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0080",
        "\u00bf",
        "\u00c0\u00af",
        "\u00c1\u0081",
        "\u00e0\u009f\u00bf",
        "\u00ed\u00a0\u0080",
        "\u00ed\u00bf\u00bf",
        "\u00f0\u008f\u00bf\u00bf",
        "\u00f4\u0090\u0080\u0080",
        "\u00f5\u0080\u0080\u0080",
        "\u00ff",
        "\u00c3",
        "\u00e2\u0082",
        "\u00e2\u0082a",
        "\u00f0\u009f\u0098",
        "\u00c3\""
      })
  void refusesBadUtf8AtItsPosition(String bytes) {
    JsonSyntaxException refusal = refusal(("{\"name\":\"ok" + bytes + "\"}").getBytes(ISO_8859_1));
    assertThat(refusal.problem()).startsWith("not UTF-8: byte 0x");
    assertThat(refusal.offset()).isEqualTo(11);
    assertThat(refusal).hasMessageStartingWith("line 1, column 12: ");
  }

  @Test
  void refusesAByteOrderMarkByName() {
    assertThat(refusal("\ufeff{}"))
        .hasMessage("line 1, column 1: a byte order mark is not allowed before JSON text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{~  \"a\":1,~  \"b\" }~} | 3 | 7 | expected ':' but found '}'",
        "{\"é😀\" 1} | 1 | 7 | expected ':' but found '1'",
        "[1,~2 | 2 | 2 | expected ',' or ']' but found the end of the text",
        "~~ nulL | 3 | 5 | expected null but found 'L'",
        "[\"\\q\"] | 1 | 4 | expected one of \"\\/bfnrtu after a backslash but found 'q'",
        "{} é | 1 | 4 | expected the end of the text but found byte 0xc3",
        "\"abc | 1 | 5 | a string is not closed",
      })
  void tellsLineColumnAndWhatWasFound(String text, int line, int column, String problem) {
    JsonSyntaxException refusal = refusal(text.replace('~', '\n'));
    assertThat(refusal).hasMessage("line " + line + ", column " + column + ": " + problem);
    assertThat(refusal.line()).isEqualTo(line);
    assertThat(refusal.column()).isEqualTo(column);
  }

  @Test
  void showsControlCharactersEscaped() {
    assertThat(refusal("[\u001b[31m]").problem()).isEqualTo("expected a value but found '\\u001b'");
    assertThat(refusal("\"a\nb\"").problem())
        .isEqualTo("a string holds an unescaped control character '\\u000a'");
  }

  @Test
  void refusesDeepNestingWithoutRunningOutOfStack() {
    assertThat(refusal("[".repeat(100_000)).problem()).isEqualTo("nested deeper than 128 levels");
    assertThat(refusal("{\"a\":".repeat(100_000)).problem())
        .isEqualTo("nested deeper than 128 levels");
    assertThat(refusal("[".repeat(128) + "]".repeat(128))).isNull();
    assertThat(refusal("[".repeat(129) + "]".repeat(129)).offset()).isEqualTo(128);
  }

  @Test
  void keepsDeepObjectsAndArraysApart() {
    JsonLimits deep = new JsonLimits(10_000, 100_000);
    byte[] text = ("[{\"a\":".repeat(5_000) + "1" + "}]".repeat(5_000)).getBytes(UTF_8);
    assertThat(Json.parse(text, 0, text.length, deep).length()).isEqualTo(text.length);
    text[text.length - 101] ^= ']' ^ '}';
    assertThat(
            catchThrowableOfType(
                    JsonSyntaxException.class, () -> Json.parse(text, 0, text.length, deep))
                .offset())
        .isEqualTo(text.length - 101);
  }

  @Test
  void refusesAMillionElements() {
    assertThat(refusal("[" + "0,".repeat(999_999) + "0]").problem())
        .isEqualTo("more than 500000 members and elements");
    assertThat(refusal("[" + "0,".repeat(499_999) + "0]")).isNull();
    assertThat(refusal("[" + "{\"a\":[]},".repeat(250_000) + "0]")).isNotNull();
  }

  @Test
  void refusesSenselessLimits() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonLimits(0, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonLimits(1, -1))
        .withMessage("elementsMax: -1 (expected: 0 or more)");
  }

  @Test
  void readsOnlyItsPartOfTheArray() {
    byte[] text = "xx{\"a\":12}34".getBytes(UTF_8);
    JsonValue value = Json.parse(text, 2, 10, JsonLimits.DEFAULT);
    assertThat(value.raw()).isEqualTo("{\"a\":12}");
    assertThat(Texts.member(value, "a").asLong()).isEqualTo(12);
    assertThat(Json.parse(text, 7, 9, JsonLimits.DEFAULT).asLong()).isEqualTo(12);
    assertThat(Json.isValid(text, 2, 9)).isFalse();
    JsonSyntaxException refusal =
        catchThrowableOfType(
            JsonSyntaxException.class, () -> Json.parse(text, 2, 9, JsonLimits.DEFAULT));
    assertThat(refusal.offset()).isEqualTo(7);
  }
}
