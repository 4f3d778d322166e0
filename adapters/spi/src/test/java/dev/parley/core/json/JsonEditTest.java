package dev.parley.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonEditTest {

  private static JsonEdit edit(String text) {
    return JsonEdit.of(Texts.parse(text));
  }

  private static final JsonValue NINE = Json.ofNumber(9);

  @Test
  void replacesInPlaceAndKeepsEveryOtherByte() {
    String text =
        "{\n \"x\": 1.0,\"model\" :\t\"hub\", \"deep\":{\"u\":[12345678901234567890,null, 1e5]}\n}";
    assertThat(edit(text).set("model", Json.ofString("vllm")).apply().raw())
        .isEqualTo(text.replace("\"hub\"", "\"vllm\""));
  }

  @Test
  void appendsBehindTheLastMember() {
    assertThat(edit("{}").set("a", NINE).apply().raw()).isEqualTo("{\"a\":9}");
    assertThat(edit("{ }").set("a", NINE).set("b", Json.NULL).apply().raw())
        .isEqualTo("{\"a\":9,\"b\":null }");
    assertThat(edit("{\"b\":1\n}").set("a\n", NINE).apply().raw())
        .isEqualTo("{\"b\":1,\"a\\n\":9\n}");
  }

  @Test
  void removesWithExactlyOneComma() {
    assertThat(edit("{\"a\":1, \"b\":2, \"c\":3}").remove("a").apply().raw())
        .isEqualTo("{ \"b\":2, \"c\":3}");
    assertThat(edit("{\"a\":1, \"b\":2, \"c\":3}").remove("b").apply().raw())
        .isEqualTo("{\"a\":1, \"c\":3}");
    assertThat(edit("{\"a\":1, \"b\":2, \"c\":3 }").remove("c").apply().raw())
        .isEqualTo("{\"a\":1, \"b\":2 }");
    assertThat(edit("{\"a\":1}").remove("a").apply().raw()).isEqualTo("{}");
    assertThat(edit("{\"a\":1,\"a\":2}").remove("a").set("a", NINE).apply().raw())
        .isEqualTo("{\"a\":9}");
  }

  @Test
  void leavesNoOldValueOfARepeatedMember() {
    assertThat(
            edit("{\"model\":1,\"b\":2,\"\\u006dodel\":3,\"c\":4}")
                .set("model", NINE)
                .apply()
                .raw())
        .isEqualTo("{\"b\":2,\"\\u006dodel\":9,\"c\":4}");
    assertThat(edit("{\"a\":9,\"a\":9}").set("a", NINE).apply().raw()).isEqualTo("{\"a\":9}");
    assertThat(edit("{\"a\":1,\"b\":2,\"\\u0061\":3}").remove("a").apply().raw())
        .isEqualTo("{\"b\":2}");
  }

  @Test
  void renamesInPlace() {
    assertThat(edit("{\"a\" : 1.0, \"b\":2}").rename("a", "é").apply().raw())
        .isEqualTo("{\"é\" : 1.0, \"b\":2}");
    assertThat(edit("{\"a\":1,\"b\":2,\"a\":3}").rename("a", "b").apply().raw())
        .isEqualTo("{\"b\":3}");
    assertThat(edit("{\"a\":1}").rename("a", "b").rename("b", "c").set("c", NINE).apply().raw())
        .isEqualTo("{\"c\":9}");
    assertThat(edit("{\"a\":1}").set("n", NINE).rename("n", "a").apply().raw())
        .isEqualTo("{\"a\":9}");
    assertThat(edit("{\"a\":1}").set("n", NINE).rename("n", "m").remove("m").apply().raw())
        .isEqualTo("{\"a\":1}");
  }

  @Test
  void returnsTheSameValueWhenNothingChanges() {
    JsonValue value = Texts.parse("{\"a\":9}");
    JsonEdit edit = JsonEdit.of(value).set("a", NINE).remove("b").rename("x", "y").rename("a", "a");
    assertThat(edit.isUnchanged()).isTrue();
    assertThat(edit.apply()).isSameAs(value);
    assertThat(edit.set("a", Json.NULL).isUnchanged()).isFalse();
  }

  @Test
  void setsWhatWasSetBefore() {
    assertThat(
            edit("{\"a\":1}")
                .set("a", NINE)
                .set("a", Json.NULL)
                .set("z", NINE)
                .set("z", Json.TRUE)
                .apply()
                .raw())
        .isEqualTo("{\"a\":null,\"z\":true}");
  }

  @Test
  void editsNestedObjectsInPlace() {
    JsonValue whole = Texts.parse("{\"o\": {\"a\":1 , \"b\":2}, \"p\":3}");
    JsonValue inner = JsonEdit.of(Texts.member(whole, "o")).remove("a").apply();
    assertThat(JsonEdit.of(whole).set("o", inner).apply().raw())
        .isEqualTo("{\"o\": { \"b\":2}, \"p\":3}");
  }

  @Provide
  Arbitrary<String> objects() {
    return Texts.objects(Texts.documents());
  }

  @Property
  void keepsTheBytesOfAllOtherMembers(
      @ForAll("objects") String text, @ForAll("names") String name, @ForAll("names") String other) {
    JsonValue original = Texts.parse(text);
    for (JsonEdit edit :
        List.of(
            JsonEdit.of(original).set(name, NINE),
            JsonEdit.of(original).remove(name),
            JsonEdit.of(original).rename(name, other))) {
      JsonValue edited = edit.apply();
      assertThat(Texts.parse(edited.raw())).isEqualTo(edited);
      List<String> before = others(original, name, other);
      assertThat(others(edited, name, other)).isEqualTo(before);
    }
    assertThat(Texts.member(JsonEdit.of(original).set(name, NINE).apply(), name)).isEqualTo(NINE);
    assertThat(JsonEdit.of(original).set(name, NINE).apply().object())
        .filteredOn(m -> m.name().equals(name))
        .hasSize(1);
    assertThat(JsonEdit.of(original).remove(name).apply().get(name)).isNull();
  }

  @Provide
  Arbitrary<String> names() {
    return Texts.strings().map(text -> Texts.parse(text).asString());
  }

  private static List<String> others(JsonValue object, String name, String other) {
    List<String> members = new ArrayList<>();
    for (JsonMember member : object.object()) {
      if (!member.name().equals(name) && !member.name().equals(other)) {
        members.add(member.name() + "=" + member.value().raw());
      }
    }
    return members;
  }
}
