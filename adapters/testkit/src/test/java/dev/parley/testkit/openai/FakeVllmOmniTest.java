package dev.parley.testkit.openai;

import static dev.parley.testkit.backend.Http.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testkit.backend.Http;
import dev.parley.testkit.content.Tone;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FakeVllmOmniTest {
  private final FakeVllmOmni fake = new FakeVllmOmni();
  private final Http http = new Http();

  @BeforeEach
  void start() {
    fake.start();
  }

  @AfterEach
  void stop() {
    http.close();
    fake.close();
  }

  @Test
  void speaksUnlessToldNotTo() throws Exception {
    var both = chat("");
    assertThat(both.path("choices")).hasSize(2);
    assertThat(both.at("/choices/1/index").asInt()).isZero();
    assertThat(both.at("/choices/1/message/content").isNull()).isTrue();
    var wav = Base64.getDecoder().decode(both.at("/choices/1/message/audio/data").asText());
    assertThat(wav).isEqualTo(Tone.wav(Tone.pcm(3 * Tone.MILLIS_PER_WORD)));
    assertThat(chat(",\"modalities\":[\"text\"]").path("choices")).hasSize(1);
  }

  @Test
  void mergesChoicesWhenAsked() throws Exception {
    fake.layout(FakeVllmOmni.Layout.MERGED);
    var message = chat("").at("/choices/0/message");
    assertThat(message.path("content").asText()).isEqualTo("You said: hi");
    assertThat(message.at("/audio/transcript").asText()).isEqualTo("You said: hi");
    assertThat(message.at("/audio_metadata/frame_count").asInt()).isEqualTo(1440);
  }

  @Test
  void streamsAudioInContentWithAHeaderInEveryChunk() throws Exception {
    var events = http.events(at(fake, "/chat/completions"), request(",\"stream\":true"));
    var spoken =
        events.stream()
            .filter(e -> e.path("modality").asText().equals("audio"))
            .map(e -> e.at("/choices/0/delta/content").asText())
            .filter(c -> !c.isEmpty())
            .toList();
    assertThat(spoken).hasSize(3).allMatch(c -> c.startsWith("UklGR"));
    assertThat(events.stream().filter(e -> e.at("/choices/0/finish_reason").isTextual()).toList())
        .singleElement()
        .matches(e -> e.path("modality").asText().equals("audio"));
  }

  @Test
  void streamsRawSamplesThatJoin() throws Exception {
    var body =
        request(",\"stream\":true,\"modalities\":[\"audio\"],\"audio\":{\"format\":\"pcm16\"}");
    var sound = new ByteArrayOutputStream();
    for (var event : http.events(at(fake, "/chat/completions"), body)) {
      assertThat(event.path("modality").asText()).isEqualTo("audio");
      sound.writeBytes(Base64.getDecoder().decode(event.at("/choices/0/delta/content").asText()));
    }
    assertThat(sound.toByteArray()).isEqualTo(Tone.pcm(60));
  }

  @Test
  void refusesWrongModalitiesAndFormats() throws Exception {
    assertThat(chat(",\"modalities\":\"text\"").at("/error/message").asText())
        .isEqualTo("'modalities' must be a list of strings.");
    assertThat(chat(",\"modalities\":[\"video\"]").at("/error/code").asInt()).isEqualTo(400);
    assertThat(chat(",\"audio\":{\"format\":\"aac\"}").at("/error/code").asInt()).isEqualTo(400);
  }

  @Test
  void echoesTheSpeaker() throws Exception {
    assertThat(chat(",\"speaker\":\"Ethan\"").at("/echo_unknown/speaker").asText())
        .isEqualTo("Ethan");
  }

  @Test
  void namesUrlMedia() throws Exception {
    var body =
        """
        {"modalities":["text"],"messages":[{"role":"user","content":[{"type":"text","text":"a"},
         {"type":"audio_url","audio_url":{"url":"data:audio/wav;base64,AAAA"}},
         {"type":"video_url","video_url":{"url":"http://x/y"}}]}]}\
        """;
    assertThat(
            http.postJson(at(fake, "/chat/completions"), body)
                .at("/choices/0/message/content")
                .asText())
        .isEqualTo("You said: a [audio wav 3 bytes] [video]");
  }

  private JsonNode chat(String more) throws Exception {
    return http.postJson(at(fake, "/chat/completions"), request(more));
  }

  private static String request(String more) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + more + "}";
  }
}
