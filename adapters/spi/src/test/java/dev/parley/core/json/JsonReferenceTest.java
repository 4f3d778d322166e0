package dev.parley.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/// Agreement with Jackson about the grammar, and with the JDK's strict decoder about UTF-8, where
/// Jackson is lax. Agreed differences: Jackson takes a byte order mark and guesses UTF-16 and
/// UTF-32; it judges escaped lone surrogates by where they stand, while here they are grammar and
/// read as U+FFFD.
class JsonReferenceTest {

  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(128).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @Provide
  Arbitrary<String> documents() {
    return Texts.documents();
  }

  @Provide
  Arbitrary<Tuple3<Integer, Integer, Byte>> mutations() {
    Arbitrary<Byte> bytes =
        Arbitraries.oneOf(
            Arbitraries.bytes(),
            Arbitraries.of("{}[]:,\"\\ue0-.1 \n".chars().mapToObj(c -> (byte) c).toList()));
    return Combinators.combine(Arbitraries.integers().between(0, 2), Arbitraries.integers(), bytes)
        .as(Tuple::of);
  }

  @Property
  void acceptsWhatIsGenerated(@ForAll("documents") String document) throws IOException {
    assertSame(Json.parse(document.getBytes(UTF_8)), JACKSON.readTree(document));
  }

  @Property(tries = 5000)
  void agreesOnMutatedBytes(
      @ForAll("documents") String document,
      @ForAll("mutations") Tuple3<Integer, Integer, Byte> mutation) {
    byte[] text = mutate(document.getBytes(UTF_8), mutation);
    boolean accepted = Json.isValid(text, 0, text.length);
    Assume.that(!accepted || !holdsLoneSurrogate(Json.parse(text)));
    assertThat(accepted)
        .as("%s", new String(text, UTF_8))
        .isEqualTo(isUtf8(text) && jacksonAccepts(text));
  }

  private static boolean holdsLoneSurrogate(JsonValue value) {
    return switch (value.kind()) {
      case STRING -> value.asString().indexOf('\ufffd') >= 0;
      case ARRAY ->
          StreamSupport.stream(value.elements().spliterator(), false)
              .anyMatch(e -> holdsLoneSurrogate(e));
      case OBJECT ->
          StreamSupport.stream(value.object().spliterator(), false)
              .anyMatch(m -> m.name().indexOf('\ufffd') >= 0 || holdsLoneSurrogate(m.value()));
      case NUMBER, TRUE, FALSE, NULL -> false;
    };
  }

  private static byte[] mutate(byte[] text, Tuple3<Integer, Integer, Byte> mutation) {
    int at = Math.floorMod(mutation.get2(), text.length);
    ByteBuffer out = ByteBuffer.allocate(text.length + 1).put(text, 0, at);
    if (mutation.get1() > 0) {
      out.put(mutation.get3());
    }
    int rest = mutation.get1() == 2 ? at : at + 1;
    out.put(text, rest, text.length - rest).flip();
    byte[] mutated = new byte[out.remaining()];
    out.get(mutated);
    return mutated;
  }

  private static boolean isUtf8(byte[] text) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private static boolean jacksonAccepts(byte[] text) {
    try {
      // As characters, or Jackson would take a NUL byte for a sign of UTF-16.
      return !JACKSON.readTree(new String(text, UTF_8)).isMissingNode();
    } catch (IOException _) {
      return false;
    }
  }

  private static void assertSame(JsonValue ours, JsonNode theirs) {
    switch (ours.kind()) {
      case STRING -> {
        assertThat(ours.asString()).isEqualTo(theirs.textValue());
        assertThat(ours.textEquals(theirs.textValue())).isTrue();
      }
      case NUMBER -> {
        assertThat(theirs.isNumber()).isTrue();
        assertThat(ours.asDouble()).isEqualTo(theirs.doubleValue());
      }
      case TRUE, FALSE ->
          assertThat(theirs.isBoolean() && theirs.booleanValue() == ours.asBoolean()).isTrue();
      case NULL -> assertThat(theirs.isNull()).isTrue();
      case ARRAY -> {
        Iterator<JsonNode> elements = theirs.elements();
        for (JsonValue element : ours.elements()) {
          assertSame(element, elements.next());
        }
        assertThat(elements).isExhausted();
      }
      case OBJECT -> {
        assertThat(theirs.isObject()).isTrue();
        // A tree keeps the last of repeated members, as looking one up does.
        for (JsonMember member : ours.object()) {
          assertThat(theirs.has(member.name())).isTrue();
        }
        theirs
            .properties()
            .forEach(entry -> assertSame(Texts.member(ours, entry.getKey()), entry.getValue()));
        assertThat(ours.object().hasDuplicates()).isEqualTo(theirs.size() < ours.object().size());
      }
    }
  }
}
