package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.openai.FakeOpenAi;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speech through the started hub: what was to be said can be read back from what is heard. */
final class SpeechTest {

  private static final FakeOpenAi FIRST = new FakeOpenAi("tts");
  private static final FakeOpenAi SECOND = new FakeOpenAi("tts");
  private static final String ROUTE = "/v1/audio/speech";

  @RegisterExtension
  static final HubUnderTest hub =
      HubUnderTest.of(
              """
              server: { port: 0 }
              local: { speech: off }
              backends:
                - id: first
                  type: openai
                  base_url: ${first}
                  models: [ { id: tts, capabilities: [tts] } ]
                - id: second
                  type: openai
                  base_url: ${second}
                  models: [ { id: tts, capabilities: [tts] } ]
              models:
                - { id: alone, targets: [ { backend: first, model: tts } ] }
                - id: safe
                  targets: [ { backend: first, model: tts }, { backend: second, model: tts } ]
              """)
          .behind("first", FIRST)
          .behind("second", SECOND);

  private final Http http = new Http(hub);

  private Reply speak(String model, String text, String format) {
    return http.post(
        ROUTE,
        "{\"model\":\"%s\",\"input\":\"%s\",\"voice\":\"alloy\",\"response_format\":\"%s\"}"
            .formatted(model, text, format));
  }

  private static float[] samples(byte[] pcm) {
    float[] samples = new float[pcm.length / 2];
    ByteBuffer from = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = from.getShort() / 32_768f;
    }
    return samples;
  }

  private float[] decoded(Reply spoken) {
    Sounds.Form form =
        Sounds.Form.of(spoken.body(), "output_format", "pcm", "sample_rate", "24000");
    Reply pcm = http.post("/audio/convert", form.body(), "content-type", form.type());
    assertThat(pcm.status()).as(pcm.text()).isEqualTo(200);
    return samples(pcm.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mp3", "opus", "aac", "flac", "wav"})
  void speaksInEveryContainer(String format) {
    Reply spoken = speak("alone", "Hello there, world.", format);
    assertThat(spoken.status()).as(spoken.text()).isEqualTo(200);
    assertThat(SpokenText.read(decoded(spoken), 24_000)).isEqualTo("Hello there, world.");
  }

  @Test
  void passesTheSamplesOfAStreamingBackendOnUnchanged() {
    Reply spoken = speak("alone", "One sentence. And another one.", "pcm");
    assertThat(spoken.header("content-type")).contains("audio/pcm;rate=24000");
    assertThat(spoken.body())
        .isEqualTo(SpokenText.pcm("One sentence. And another one.", 24_000, 120, 120));
  }

  @Test
  void cutsTheTextWhereAnotherBackendCanGoOn() {
    Reply spoken =
        speak("safe", "After a while, the first one ends. Then comes the second.", "pcm");
    assertThat(spoken.status()).as(spoken.text()).isEqualTo(200);
    assertThat(SpokenText.utterances(samples(spoken.body()), 24_000))
        .containsExactly("After a while,", "the first one ends.", "Then comes the second.");
  }

  @Test
  void aBackendThatDiesBeforeItsSentenceIsHeardCostsNothing() {
    FIRST.enqueueFor(ROUTE, Behaviour.usual());
    FIRST.enqueueFor(ROUTE, Behaviour.reset());
    FIRST.enqueueFor(ROUTE, Behaviour.status(503, "{}"));
    Reply spoken = speak("safe", "The first one ends. Then comes the second. And a third.", "pcm");
    assertThat(SpokenText.utterances(samples(spoken.body()), 24_000))
        .containsExactly("The first one ends.", "Then comes the second.", "And a third.");
  }

  @Test
  void joinsSentencesWithTheirPauseAndWithoutTheirSilence() {
    Reply spoken = speak("safe", "The first one ends. Then comes the second.", "pcm");
    double sounding =
        SpokenText.seconds("The first one ends.") + SpokenText.seconds("Then comes the second.");
    double heard = spoken.body().length / 2.0 / 24_000;
    assertThat(heard).isCloseTo(sounding + 0.3, within(0.1));
  }

  @Test
  void refusesATextWithNothingToSpeak() {
    Reply refused = speak("safe", " ... ", "pcm");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("invalid_value", "nothing that can be spoken");
  }

  @Test
  void saysWhatATextMayNotBe() {
    assertThat(speak("safe", "", "pcm").status()).isEqualTo(400);
    assertThat(speak("safe", "a".repeat(1 << 20), "pcm").status()).isEqualTo(413);
    Reply format = speak("safe", "Hi.", "vorbis");
    assertThat(format.status()).isEqualTo(400);
    assertThat(format.text()).contains("response_format", "opus");
  }

  @Test
  void saysASentenceOnceAlthoughItsBackendDiesInTheMiddleOfIt() {
    FIRST.enqueueFor(ROUTE, Behaviour.usual().resetAfter(8));
    Reply spoken = speak("safe", "Something long enough to break. Then comes the second.", "pcm");
    assertThat(spoken.status()).as(spoken.text()).isEqualTo(200);
    double sounding =
        SpokenText.seconds("Something long enough to break.")
            + SpokenText.seconds("Then comes the second.");
    double heard = spoken.body().length / 2.0 / 24_000;
    // What is heard twice at most is what lies between two pauses: 0.4 s.
    assertThat(heard).isBetween(sounding + 0.1, sounding + 0.9);
    assertThat(SpokenText.utterances(samples(spoken.body()), 24_000))
        .last()
        .isEqualTo("Then comes the second.");
    assertThat(SECOND.requests(ROUTE)).isNotEmpty();
  }
}
