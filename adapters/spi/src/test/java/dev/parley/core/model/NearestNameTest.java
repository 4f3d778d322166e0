package dev.parley.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  @Test
  void findsSwappedNeighbours() {
    assertThat(NearestName.of("modles", List.of("id", "models", "type"))).contains("models");
  }

  @Test
  void ignoresCase() {
    assertThat(NearestName.of("QWEN3", List.of("qwen3"))).contains("qwen3");
  }

  @Test
  void prefersFewerEditsThenAlphabet() {
    assertThat(NearestName.of("abcdef", List.of("abxxef", "abcdxf"))).contains("abcdxf");
    assertThat(NearestName.of("abcd", List.of("abcz", "abca"))).contains("abca");
  }

  @Test
  void saysNothingWhenNothingIsNear() {
    assertThat(NearestName.of("whisper", List.of("id", "type", "gpt"))).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
  }

  @Test
  void staysBoundedOnHugeNames() {
    String huge = "a".repeat(1_000_000);
    assertThat(NearestName.of(huge, List.of("a", huge + "b"))).contains(huge + "b");
  }

  @Property
  void oneChangeIsAlwaysFound(
      @ForAll @AlphaChars @StringLength(min = 4, max = 20) String name,
      @ForAll @IntRange(max = 19) int at) {
    int place = at % name.length();
    String changed = name.substring(0, place) + '#' + name.substring(place + 1);
    assertThat(NearestName.of(changed, List.of(name))).contains(name);
  }

  @Property
  void distanceIsSymmetric(
      @ForAll @AlphaChars @StringLength(max = 9) String a,
      @ForAll @AlphaChars @StringLength(max = 9) String b) {
    int bound = 20;
    assertThat(NearestName.distance(a, b, bound)).isEqualTo(NearestName.distance(b, a, bound));
  }
}
