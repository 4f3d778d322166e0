package dev.parley.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

  @Test
  void unescapesStrings() {
    assertThat(Texts.parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041é\\u00E9\\u20ac\"").asString())
        .isEqualTo("\"\\/\b\f\n\r\tAéé€");
    assertThat(Texts.parse("\"\\ud83d\\uDE00\"").asString()).isEqualTo("😀");
  }

  @ParameterizedTest
  @CsvSource({
    "\\ud800, \ufffd",
    "\\udc00x, \ufffdx",
    "\\ud800\\ud83d\\ude00, \ufffd😀",
    "\\ud800\\n, \ufffd~",
    "\\ude00\\ud83d, \ufffd\ufffd"
  })
  void replacesLoneSurrogates(String escaped, String expected) {
    assertThat(Texts.parse("\"" + escaped + "\"").asString())
        .isEqualTo(expected.replace('~', '\n'));
  }

  @Test
  void comparesStringsInWhicheverSpelling() {
    assertThat(Texts.parse("\"stop\"").textEquals("stop")).isTrue();
    assertThat(Texts.parse("\"\\u0073top\"").textEquals("stop")).isTrue();
    assertThat(Texts.parse("\"a\\\\b\"").textEquals("a\\b")).isTrue();
    assertThat(Texts.parse("\"a\\\\b\"").textEquals("a\\\\b")).isFalse();
    assertThat(Texts.parse("\"é\"").textEquals("é")).isTrue();
    assertThat(Texts.parse("\"stop\"").textEquals("sto")).isFalse();
    assertThat(Texts.parse("\"stop\"").textEquals("stops")).isFalse();
    assertThat(Texts.parse("1").textEquals("1")).isFalse();
    assertThat(Texts.parse("\"\"").isEmptyString()).isTrue();
    assertThat(Texts.parse("[]").isEmptyString()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, 0",
    "-0.0e5, 0",
    "1.0, 1",
    "1e3, 1000",
    "2500e-2, 25",
    "1.250E2, 125",
    "-12.0, -12",
    "0.00001e5, 1",
    "100000000000000000000e-20, 1",
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
    "-9.223372036854775808e18, -9223372036854775808",
    "0e999999999999, 0",
    "1790000000, 1790000000"
  })
  void readsExactIntegers(String spelling, long expected) {
    assertThat(Texts.parse(spelling).asLong()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.5",
        "1e-1",
        "12345678901234567890",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e999999999999",
        "1e-999999999999",
        "105e-1",
        "100.01"
      })
  @Timeout(5)
  void refusesFractionsAndOverflowAsLong(String spelling) {
    JsonValue number = Texts.parse(spelling);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(number::asLong);
    assertThat(number.raw()).isEqualTo(spelling);
  }

  @Test
  void readsDoubles() {
    assertThat(Texts.parse("-1.25e2").asDouble()).isEqualTo(-125.0);
    assertThat(Texts.parse("1e400").asDouble()).isInfinite();
  }

  @Test
  void saysWhichKindItIsWhenAskedForAnother() {
    assertThatIllegalStateException()
        .isThrownBy(Json.NULL::asString)
        .withMessage("JSON NULL (expected: a string)");
    assertThatIllegalStateException().isThrownBy(Json.EMPTY_ARRAY::object);
    assertThatIllegalStateException().isThrownBy(Json.EMPTY_OBJECT::elements);
    assertThatIllegalStateException().isThrownBy(Json.ofString("1")::asLong);
    assertThatIllegalStateException().isThrownBy(Json.ofNumber(1)::asBoolean);
  }

  @Test
  void findsMembersAndElements() {
    JsonValue value =
        Texts.parse(" {\"a\" : [ 1 ,\"]\\\"\", {\"b\":2} ,[]], \"c\":null, \"\\u0064\": true } ");
    assertThat(value.object().size()).isEqualTo(3);
    assertThat(
            StreamSupport.stream(Texts.member(value, "a").elements().spliterator(), false)
                .map(JsonValue::raw))
        .containsExactly("1", "\"]\\\"\"", "{\"b\":2}", "[]");
    assertThat(Texts.member(value, "c").isNull()).isTrue();
    assertThat(Texts.member(value, "d").asBoolean()).isTrue();
    assertThat(value.get("e")).isNull();
    assertThat(Json.TRUE.get("a")).isNull();
  }

  @Test
  void looksUpTheLastOfRepeatedMembers() {
    JsonObject object = Texts.parse("{\"a\":1,\"b\":2,\"\\u0061\":3}").object();
    assertThat(Texts.member(object.value(), "a").asLong()).isEqualTo(3);
    assertThat(object.hasDuplicates()).isTrue();
    assertThat(object).extracting(JsonMember::name).containsExactly("a", "b", "a");
    assertThat(object.has("c")).isFalse();
  }

  @Test
  void compactsToOneLine() {
    JsonValue compact = Texts.parse("{ \"a b\" :\n[ 1.0,\t\" \\\" é \" ]\r\n}").compacted();
    assertThat(compact.raw()).isEqualTo("{\"a b\":[1.0,\" \\\" é \"]}");
    assertThat(compact.compacted()).isSameAs(compact);
  }

  @Test
  void showsNoTextInItsToString() {
    assertThat(Json.ofString("secret")).hasToString("JSON STRING of 8 bytes");
  }

  @Test
  void equalsByBytes() {
    assertThat(Texts.member(Texts.parse("{\"a\":1.0}"), "a"))
        .isEqualTo(Texts.parse("1.0"))
        .isNotEqualTo(Texts.parse("1"));
    assertThat(Texts.parse(" 17 ")).hasSameHashCodeAs(Json.ofNumber(17));
  }
}
