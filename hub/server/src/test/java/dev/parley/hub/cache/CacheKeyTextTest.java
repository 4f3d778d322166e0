package dev.parley.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CacheKeyTextTest {

  private static CacheKey key(String json) {
    return new CacheKeyText()
        .add(Json.parse(json.getBytes(StandardCharsets.UTF_8)), Set.of("user"))
        .key("chat");
  }

  @Test
  void orderSpaceAndEscapesDoNotMatter() {
    assertThat(key("{\"a\":\"\\u0041\",\"b\":[1,{\"d\":null,\"c\":true}]}"))
        .isEqualTo(key("{ \"b\" : [1, {\"c\":true,\"d\":null}], \"a\":\"A\" }"));
  }

  @Test
  void everythingElseMatters() {
    CacheKey one = key("{\"a\":[1,2]}");
    assertThat(key("{\"a\":[2,1]}")).isNotEqualTo(one);
    assertThat(key("{\"a\":[12]}")).isNotEqualTo(one);
    assertThat(key("{\"a\":[[1],2]}")).isNotEqualTo(one);
    assertThat(key("{\"a\":[\"1\",2]}")).isNotEqualTo(one);
    assertThat(key("{\"a\":[1,2],\"b\":1}")).isNotEqualTo(one);
  }

  @Test
  void whoAsksDoesNotMatterButOnlyAtTheTop() {
    assertThat(key("{\"a\":1,\"user\":\"kim\"}")).isEqualTo(key("{\"a\":1}"));
    assertThat(key("{\"a\":{\"user\":\"kim\"}}")).isNotEqualTo(key("{\"a\":{}}"));
  }

  @Test
  void partsDoNotRunIntoEachOther() {
    assertThat(new CacheKeyText().add("ab").add("c").key("k"))
        .isNotEqualTo(new CacheKeyText().add("a").add("bc").key("k"));
  }
}
