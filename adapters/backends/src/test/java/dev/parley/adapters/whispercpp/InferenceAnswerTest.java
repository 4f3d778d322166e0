package dev.parley.adapters.whispercpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceAnswerTest {

  private static final JsonValue ANSWER =
      json(
          """
          {"task":"transcribe","language":"english","duration":3.2,
           "text":" Hello world.\\n How are you?\\n",
           "detected_language":"english","detected_language_probability":0.99,
           "language_probabilities":{"de":0.002,"en":0.99,"xx?":0.1},
           "segments":[
            {"id":0,"text":" Hello world.","start":0.0,"end":1.4,"tokens":[2425,75,1002,13],
             "words":[{"word":" Hel","start":0.0,"end":0.2,"t_dtw":-1,"probability":0.9},
                      {"word":"lo","start":0.2,"end":0.4,"t_dtw":-1,"probability":0.97},
                      {"word":" world","start":0.4,"end":1.2,"t_dtw":-1,"probability":0.97},
                      {"word":".","start":1.2,"end":1.4,"t_dtw":-1,"probability":0.8}],
             "temperature":0.0,"avg_logprob":-0.2,"no_speech_prob":0.01},
            {"id":1,"text":" How are you?","start":1.5,"end":3.1,"tokens":[1012],
             "words":[{"word":" How are","start":1.5,"end":2.1},{"word":" you?"}]},
            {"id":2,"text":""}]}
          """);

  private static JsonValue json(String text) {
    return Json.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsRunningTextAndSegments() {
    Transcript heard = InferenceAnswer.text(ANSWER, false).orElseThrow();
    assertThat(heard.text()).isEqualTo("Hello world. How are you?");
    assertThat(heard.language()).isEqualTo("en");
    assertThat(heard.seconds()).hasValue(3.2);
    assertThat(heard.segments())
        .extracting(Segment::text)
        .containsExactly("Hello world.", "How are you?");
    Segment first = heard.segments().getFirst();
    assertThat(first.end()).isEqualTo(1.4);
    assertThat(first.words()).isEmpty();
    assertThat(first.tokens()).containsExactly(2425, 75, 1002, 13);
    assertThat(first.scores().avgLogprob()).hasValue(-0.2);
    assertThat(first.scores().noSpeech()).hasValue(0.01);
    assertThat(first.scores().compressionRatio()).isEmpty();
  }

  @Test
  void joinsTokensToWords() {
    Transcript heard = InferenceAnswer.text(ANSWER, true).orElseThrow();
    assertThat(heard.segments().getFirst().words())
        .extracting(Word::text)
        .containsExactly("Hello", "world.");
    assertThat(heard.segments().get(1).words())
        .extracting(Word::text)
        .containsExactly("How", "are", "you?");
  }

  @Test
  void tellsTheLikeliestLanguageFirst() {
    Transcript heard = InferenceAnswer.language(ANSWER).orElseThrow();
    assertThat(heard.text()).isEmpty();
    assertThat(heard.language()).isEqualTo("en");
    assertThat(heard.languageProbability()).hasValue(0.99);
    assertThat(heard.languages()).extracting(LanguageGuess::tag).containsExactly("en", "de");
  }

  @ParameterizedTest
  @CsvSource({
    "' One.\n Two.\n', One. Two.",
    "' One.\nTwo.\n', One. Two.",
    "'今天天气\n很好。\n', 今天天气很好。",
    "' cut in the mid\ndle\n', cut in the middle",
    "'\n\n', ''"
  })
  void aLineBringsItsOwnSpace(String lines, String text) {
    JsonValue answer = json("{\"text\":" + Json.ofString(lines).raw() + "}");
    assertThat(InferenceAnswer.text(answer, true).orElseThrow().text()).isEqualTo(text);
  }

  @Test
  void whatIsMissingIsNotKnown() {
    Transcript heard =
        InferenceAnswer.text(json("{\"text\":\"a\",\"segments\":[{}]}"), true).orElseThrow();
    assertThat(heard.text()).isEqualTo("a");
    assertThat(heard.language()).isEmpty();
    assertThat(heard.seconds()).isEmpty();
    assertThat(heard.segments()).isEmpty();
    assertThat(InferenceAnswer.text(json("{}"), true)).isEmpty();
    assertThat(InferenceAnswer.language(json("{}"))).isEmpty();
  }
}
