package dev.parley.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class TextJointTest {

  @Test
  void clipsAreJoinedByOneBlank() {
    assertThat(TextJoint.of(List.of(" Hello there. ", "How are you?", "", "  Fine.")))
        .isEqualTo("Hello there. How are you? Fine.");
  }

  @Test
  void scriptsWithoutBlanksAreJoinedWithoutOne() {
    assertThat(TextJoint.of(List.of("你好。", "今天天气很好", "and this"))).isEqualTo("你好。今天天气很好 and this");
  }

  @Test
  void deltasStandAsTheyCome() {
    TextJoint joint = new TextJoint();
    assertThat(joint.add(" Hel")).isEqualTo("Hel");
    assertThat(joint.add("lo ")).isEqualTo("lo");
    assertThat(joint.add(" world")).isEqualTo("  world");
    joint.seam();
    assertThat(joint.add("again")).isEqualTo(" again");
    assertThat(joint.text()).isEqualTo("Hello  world again");
  }

  @Property
  void whatWasAddedIsTheText(@ForAll List<List<@Chars({' ', 'a', 'b', '你', '\n'}) String>> clips) {
    TextJoint joint = new TextJoint();
    StringBuilder added = new StringBuilder();
    for (List<String> clip : clips) {
      joint.seam();
      clip.forEach(delta -> added.append(joint.add(delta)));
    }
    assertThat(added).hasToString(joint.text());
    assertThat(joint.text()).isEqualTo(joint.text().strip());
  }
}
