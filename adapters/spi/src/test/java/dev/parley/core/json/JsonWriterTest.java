package dev.parley.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  private static final ObjectMapper JACKSON = new ObjectMapper();

  private static String written(Consumer<JsonWriter> text) {
    JsonWriter writer = new JsonWriter(0);
    text.accept(writer);
    byte[] bytes = writer.toBytes();
    assertThat(writer.size()).isEqualTo(bytes.length);
    assertThat(Json.parse(bytes)).isEqualTo(writer.toValue());
    return new String(bytes, UTF_8);
  }

  @Test
  void placesCommasAndColons() {
    assertThat(
            written(w ->
                w.beginObject()
                    .member("s", "x")
                    .member("l", 7)
                    .member("d", 1.0)
                    .member("f", 0.1f)
                    .member("b", true)
                    .member("v", Json.NULL)
                    .name("a")
                    .beginArray()
                    .value(1)
                    .beginArray()
                    .endArray()
                    .beginObject()
                    .endObject()
                    .nullValue()
                    .value("t")
                    .endArray()
                    .members(Texts.parse("{ \"p\" : 1.0 ,\"q\":[ ] }").object())
                    .name("r")
                    .raw(" {} \n")
                    .endObject()))
        .isEqualTo(
            "{\"s\":\"x\",\"l\":7,\"d\":1.0,\"f\":0.1,\"b\":true,\"v\":null,\"a\":[1,[],{},null,\"t\"],"
                + "\"p\" : 1.0,\"q\":[ ],\"r\":{}}");
  }

  @Test
  void writesMembersAloneAndNone() {
    assertThat(written(w -> w.beginObject().members(Texts.parse("{\"a\":1}").object()).endObject()))
        .isEqualTo("{\"a\":1}");
    assertThat(
            written(w ->
                w.beginObject().members(Json.EMPTY_OBJECT.object()).member("b", 2).endObject()))
        .isEqualTo("{\"b\":2}");
  }

  @Test
  void nestsAsDeepAsAsked() {
    String text =
        written(w -> {
          for (int i = 0; i < 100; i++) {
            w.beginObject().name("a");
          }
          w.value(Long.MIN_VALUE);
          for (int i = 0; i < 100; i++) {
            w.endObject();
          }
        });
    assertThat(text).isEqualTo("{\"a\":".repeat(100) + Long.MIN_VALUE + "}".repeat(100));
  }

  @Test
  void escapesOnlyWhatMustBe() {
    assertThat(written(w -> w.value("\"\\/\b\f\n\r\t\u0001\u001f\u007f é€😀\ud800x\udc00")))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\u007f é€😀\ufffdx\ufffd\"");
  }

  @Test
  void refusesWhatJsonCannotSpell() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().value(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonWriter().value(Float.POSITIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(() -> Json.ofDouble(Double.NEGATIVE_INFINITY));
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonWriter().raw(" "));
  }

  @Test
  void refusesCallsThatDoNotFit() {
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().name("a"));
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginObject().value(1));
    assertThatIllegalStateException()
        .isThrownBy(() -> new JsonWriter().beginObject().name("a").endObject());
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginArray().endObject());
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().value(1).value(2));
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().endArray());
    assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().beginArray().toBytes());
  }

  @Test
  void startsAnewAfterReset() {
    JsonWriter writer = new JsonWriter();
    JsonValue first = writer.beginArray().value("long ago").endArray().toValue();
    writer.reset();
    assertThat(writer.beginObject().endObject().toValue()).isEqualTo(Json.EMPTY_OBJECT);
    assertThat(first.raw()).isEqualTo("[\"long ago\"]");
  }

  @Property
  void readsBackAnyString(@ForAll String text) throws IOException {
    JsonValue value = Json.ofString(text);
    String replaced = new String(text.getBytes(UTF_8), UTF_8);
    if (replaced.indexOf('?') < 0) {
      assertThat(value.asString()).isEqualTo(replaced);
    }
    assertThat(Json.parse(value.toBytes()).asString()).isEqualTo(value.asString());
    assertThat(JACKSON.readTree(value.toBytes()).textValue()).isEqualTo(value.asString());
  }

  @Property
  void readsBackAnyNumber(@ForAll long integer, @ForAll double fraction) {
    assertThat(Json.parse(Json.ofNumber(integer).toBytes()).asLong()).isEqualTo(integer);
    assertThat(Json.parse(Json.ofDouble(fraction).toBytes()).asDouble()).isEqualTo(fraction);
  }
}
