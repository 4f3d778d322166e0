package dev.parley.adapters.fasterwhisper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DetectionTest {

  private static JsonValue json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void tellsTheProbabilityOfTheLikeliestLanguageOnly() {
    Transcript heard =
        Detection.read(
                json(
                    """
                    {"detected_language":"fr","probability":0.93,
                     "all_languages":[{"code":"fr","name":"fr"},{"code":"en","name":"en"},
                                      {"code":"","name":"?"}]}
                    """))
            .orElseThrow();
    assertThat(heard.text()).isEmpty();
    assertThat(heard.language()).isEqualTo("fr");
    assertThat(heard.languageProbability()).hasValue(0.93);
    assertThat(heard.languages())
        .containsExactly(
            new LanguageGuess("fr", OptionalDouble.of(0.93)),
            new LanguageGuess("en", OptionalDouble.empty()));
  }

  @Test
  void anAnswerWithoutALanguageIsNone() {
    assertThat(Detection.read(json("{\"detail\":\"no\"}"))).isEmpty();
  }
}
