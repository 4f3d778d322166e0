package dev.parley.testkit.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testkit.backend.FakeBackend;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Talk;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

final class FakeWhisperServersTest {
  private static final Talk TALK =
      Talk.begin(16_000).say("abcdefghijklmno Größe abcdefghijklmno abcdefghijklmno abcdefghi");

  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> post(FakeBackend fake, String path, String... fields)
      throws Exception {
    var body = new ByteArrayOutputStream();
    for (var i = 0; i < fields.length; i += 2) {
      var head = "--x\r\ncontent-disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n";
      body.writeBytes((head + fields[i + 1] + "\r\n").getBytes(UTF_8));
    }
    var head = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n\r\n";
    body.writeBytes(head.getBytes(UTF_8));
    body.writeBytes(TALK.wav());
    body.writeBytes("\r\n--x--\r\n".getBytes(UTF_8));
    fake.start();
    return client.send(
        HttpRequest.newBuilder(URI.create(fake.origin() + path))
            .header("content-type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void fasterWhisperCountsFromOneAndGivesWordsUnasked() throws Exception {
    try (var fake = new FakeFasterWhisper()) {
      var answer = Json.read(post(fake, "/transcribe").body().getBytes(UTF_8));
      var first = answer.path("segments").path(0);
      assertThat(first.path("id").asInt()).isEqualTo(1);
      assertThat(first.path("words").path(1).path("word").asText()).isEqualTo(" Größe");
      var bare = post(fake, "/transcribe", "word_timestamps", "false").body();
      assertThat(Json.read(bare.getBytes(UTF_8)).path("segments").path(0).path("words").isNull())
          .isTrue();
      assertThat(post(fake, "/transcribe", "language", "klingon").statusCode()).isEqualTo(500);
      assertThat(post(fake, "/transcribe", "word_timestamps", "maybe").statusCode()).isEqualTo(422);
    }
  }

  @Test
  void whisperCppIsEnglishAndCutsSegmentsAndCharactersUnlessToldOtherwise() throws Exception {
    try (var fake = new FakeWhisperCpp()) {
      fake.recogniser().language("de");
      var usual = post(fake, "/inference", "response_format", "verbose_json").body();
      var answer = Json.read(usual.getBytes(UTF_8));
      assertThat(answer.path("language").asText()).isEqualTo("english");
      assertThat(answer.path("detected_language").asText()).isEqualTo("german");
      assertThat(answer.path("segments")).hasSize(2);
      assertThat(answer.path("segments").path(0).path("words").toString()).contains("\uFFFD");
      var whole =
          Json.read(
              post(
                      fake,
                      "/inference",
                      "response_format",
                      "verbose_json",
                      "language",
                      "auto",
                      "token_timestamps",
                      "false",
                      "no_language_probabilities",
                      "true")
                  .body()
                  .getBytes(UTF_8));
      assertThat(whole.path("language").asText()).isEqualTo("german");
      assertThat(whole.path("segments")).hasSize(1);
      assertThat(whole.has("language_probabilities")).isFalse();
    }
  }

  @Test
  void whisperCppHidesWhatItMeans() throws Exception {
    try (var fake = new FakeWhisperCpp()) {
      assertThat(post(fake, "/elsewhere").body()).isEqualTo("File Not Found (/elsewhere)");
      assertThat(post(fake, "/inference", "language", "klingon").body())
          .isEqualTo("Invalid request");
      fake.loading(true);
      assertThat(post(fake, "/inference").statusCode()).isEqualTo(404);
    }
  }
}
