package dev.parley.testkit.openai;

import static dev.parley.testkit.backend.Http.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.content.SpokenText;
import dev.parley.testkit.content.Wave;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fakes' speech, read back by the fakes' own means. */
final class FakeSpeechTest {
  private final Http http = new Http();

  @AfterEach
  void close() {
    http.close();
  }

  private byte[] sound(FakeBackend fake, String json) throws Exception {
    var answer = http.postForBytes(at(fake, "/audio/speech"), json);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return answer.body();
  }

  private int status(FakeBackend fake, String json) throws Exception {
    return http.postForBytes(at(fake, "/audio/speech"), json).statusCode();
  }

  @Test
  void openAiSpeaksRawInFilesAndInEvents() throws Exception {
    try (var fake = new FakeOpenAi("gpt-4o-mini-tts", "tts-1")) {
      fake.start();
      var head = "{\"model\":\"gpt-4o-mini-tts\",\"voice\":\"nova\",\"input\":\"Grüße!\"";
      var pcm = sound(fake, head + ",\"response_format\":\"pcm\"}");
      assertThat(SpokenText.read(Wave.samples(pcm), 24_000)).isEqualTo("Grüße!");
      var wav = sound(fake, head + ",\"response_format\":\"wav\"}");
      assertThat(Wave.data(wav)).isEqualTo(pcm);
      assertThat(wav[40]).as("an open size").isEqualTo((byte) 0xFF);
      var events =
          http.events(
              at(fake, "/audio/speech"),
              head + ",\"response_format\":\"pcm\",\"stream_format\":\"sse\"}");
      var joined = new ByteArrayOutputStream();
      events.forEach(e -> joined.writeBytes(Base64.getDecoder().decode(e.path("audio").asText())));
      assertThat(joined.toByteArray()).isEqualTo(pcm);
      assertThat(events.getLast().at("/usage/input_tokens").asInt()).isEqualTo(1);
      assertThat(status(fake, head.replace("nova", "nobody") + "}")).isEqualTo(400);
      assertThat(status(fake, head + "}")).as("mp3 needs an encoder").isEqualTo(400);
      assertThat(
              status(
                  fake,
                  head.replace("gpt-4o-mini-tts", "tts-1")
                      + ",\"response_format\":\"pcm\",\"stream_format\":\"sse\"}"))
          .isEqualTo(400);
    }
  }

  @Test
  void speachesResamplesBytesButNotEvents() throws Exception {
    try (var fake = new FakeSpeaches()) {
      fake.start();
      fake.speech().sampleRateHz(22_050);
      var head =
          "{\"model\":\"speaches-ai/Kokoro-82M-v1.0-ONNX\",\"voice\":\"af_heart\","
              + "\"input\":\"Hello\",\"response_format\":\"pcm\",\"sample_rate\":16000";
      var pcm = sound(fake, head + "}");
      assertThat(SpokenText.read(Wave.samples(pcm), 16_000)).isEqualTo("Hello");
      var events = http.events(at(fake, "/audio/speech"), head + ",\"stream_format\":\"sse\"}");
      var joined = new ByteArrayOutputStream();
      events.forEach(e -> joined.writeBytes(Base64.getDecoder().decode(e.path("audio").asText())));
      assertThat(SpokenText.read(Wave.samples(joined.toByteArray()), 22_050)).isEqualTo("Hello");
      assertThat(events.getLast().has("token_usage")).isTrue();
      assertThat(status(fake, head.replace("af_heart", "nobody") + "}")).isEqualTo(422);
      assertThat(status(fake, head + ",\"speed\":3}")).isEqualTo(422);
    }
  }

  @Test
  void kokoroBlendsTheVoicesItHas() throws Exception {
    try (var fake = new FakeKokoro()) {
      fake.start();
      var body =
          "{\"model\":\"kokoro\",\"input\":\"a\",\"response_format\":\"pcm\",\"voice\":\"%s\"}";
      sound(fake, body.formatted("af_bella(0.7)+af_sky(0.3)"));
      sound(fake, body.formatted("af_bella"));
      assertThat(status(fake, body.formatted("af_bella(0.7)+af_nobody(0.3)"))).isEqualTo(400);
    }
  }

  @Test
  void oneCharacterTakesItsTime() throws Exception {
    try (var fake = new FakeKokoro()) {
      fake.start();
      fake.speech().perCharacter(Duration.ofMillis(5));
      var before = System.nanoTime();
      sound(fake, "{\"model\":\"kokoro\",\"input\":\"0123456789\",\"response_format\":\"pcm\"}");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(40));
    }
  }

  @Test
  void anEncoderOfTheTestsMakesOtherFormats() throws Exception {
    try (var fake = new FakeKokoro()) {
      fake.start();
      fake.speech().encoder("mp3", wav -> new byte[] {1, 2, 3});
      assertThat(sound(fake, "{\"model\":\"kokoro\",\"input\":\"a\"}")).containsExactly(1, 2, 3);
    }
  }
}
