package dev.parley.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work on sound over HTTP. */
final class SoundRestTest {

  @RegisterExtension static final HubUnderTest hub = HubUnderTest.of("server: { port: 0 }");

  private final Http http = new Http(hub);

  private Reply form(String path, byte[] file, String... values) {
    Sounds.Form form = Sounds.Form.of(file, values);
    return http.post(path, form.body(), "content-type", form.type());
  }

  private static byte[] second() {
    return Sounds.wav(Sounds.tone(48_000, 2, 1, 440), 48_000, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "wav, audio/wav, RIFF",
    "flac, audio/flac, fLaC",
    "opus, audio/ogg, OggS",
    "mp3, audio/mpeg, ''",
    "aac, audio/aac, ''",
    "m4a, audio/mp4, ''",
    "webm, audio/webm, ''",
  })
  void writesEveryContainerAndReadsItBack(String format, String type, String magic) {
    Reply made = form("/audio/convert", second(), "output_format", format, "channels", "1");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.header("content-type")).contains(type);
    assertThat(new String(made.body(), StandardCharsets.ISO_8859_1)).startsWith(magic);
    Reply back =
        form("/audio/convert", made.body(), "output_format", "pcm", "sample_rate", "48000");
    assertThat(back.status()).as(back.text()).isEqualTo(200);
    assertThat(back.body().length / 2).isCloseTo(48_000, within(2_400));
    assertThat(Sounds.level(back.body())).isCloseTo(16_000 / 32_768.0 / Math.sqrt(2), within(0.03));
  }

  @Test
  void resamplesToTheExactLength() {
    Reply made =
        form(
            "/audio/resample",
            second(),
            "output_format",
            "pcm",
            "sample_rate",
            "16000",
            "channels",
            "1");
    assertThat(made.header("content-type")).contains("audio/pcm;rate=16000");
    assertThat(made.body()).hasSize(32_000);
  }

  @Test
  void cutsAndChangesTheLevel() {
    Reply made =
        form(
            "/audio/convert",
            second(),
            "output_format",
            "pcm",
            "start",
            "0.25",
            "end",
            "0.5",
            "gain_db",
            "-6.0206");
    assertThat(made.body()).hasSize(12_000 * 2 * 2);
    assertThat(Sounds.level(made.body())).isCloseTo(8_000 / 32_768.0 / Math.sqrt(2), within(0.01));
  }

  @Test
  void readsHeaderlessSoundThatIsDeclared() {
    byte[] pcm = Sounds.tone(8_000, 1, 0.5, 300);
    Reply made =
        form(
            "/audio/convert",
            pcm,
            "input_format",
            "pcm",
            "input_sample_rate",
            "8000",
            "output_format",
            "mulaw");
    assertThat(made.header("content-type")).contains("audio/basic;rate=8000");
    assertThat(made.body()).hasSize(4_000);
  }

  @Test
  void takesJsonWithTheBytesInBase64() {
    String json =
        "{\"file\":\""
            + Base64.getEncoder().encodeToString(second())
            + "\",\"output_format\":\"flac\",\"sample_rate\":16000}";
    Reply made = http.post("/audio/convert", json);
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.header("content-type")).contains("audio/flac");
  }

  @Test
  void denoisesWithoutAnyModel() {
    Reply made =
        form(
            "/audio/denoise",
            Sounds.wav(Sounds.tone(16_000, 1, 1, 440), 16_000, 1),
            "model",
            "denoise-builtin",
            "output_format",
            "pcm",
            "sample_rate",
            "16000");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(made.header("x-parley-model")).contains("denoise-builtin");
    assertThat(made.body()).hasSize(32_000);
  }

  @Test
  void leavesSoundAloneWhenNoNoiseMayBeTakenOut() {
    byte[] pcm = Sounds.tone(16_000, 1, 0.5, 440);
    Reply made =
        form(
            "/audio/denoise",
            Sounds.wav(pcm, 16_000, 1),
            "model",
            "denoise-builtin",
            "attenuation_limit_db",
            "0",
            "output_format",
            "pcm",
            "sample_rate",
            "16000");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(Sounds.level(made.body())).isCloseTo(Sounds.level(pcm), within(0.002));
  }

  @Test
  void saysWhichDetectorAnswered() {
    Reply found = form("/audio/vad", Sounds.wav(new byte[32_000], 16_000, 1));
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    assertThat(found.header("x-parley-model")).contains("vad-builtin");
    JsonNode json = found.json();
    assertThat(json.path("model").asText()).isEqualTo("vad-builtin");
    assertThat(json.path("segments").isArray()).isTrue();
    assertThat(json.path("segments")).isEmpty();
    assertThat(json.path("duration").asDouble()).isEqualTo(1.0);
  }

  @Test
  void answersTheSameQuestionInJson() {
    String wav = Base64.getEncoder().encodeToString(Sounds.wav(new byte[32_000], 16_000, 1));
    Reply found = http.post("/audio/vad", "{\"audio\":{\"content\":\"" + wav + "\"}}");
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    assertThat(found.json().path("duration").asDouble()).isEqualTo(1.0);
    assertThat(found.json().path("model").asText()).isEqualTo("vad-builtin");
  }

  @Test
  void givesTimestampsAsABareList() {
    Reply found =
        form(
            "/v1/audio/speech/timestamps",
            Sounds.recording("speech/en/jfk.wav"),
            "threshold",
            "0.5");
    assertThat(found.status()).as(found.text()).isEqualTo(200);
    JsonNode json = found.json();
    assertThat(json.isArray()).isTrue();
    assertThat(json).isNotEmpty();
    assertThat(json.get(0).path("start").isIntegralNumber()).isTrue();
    assertThat(json.get(0).path("end").asInt()).isGreaterThan(json.get(0).path("start").asInt());
  }

  @Test
  void refusesWhatIsNoSoundAndSaysWhatWouldDo() {
    JsonNode error =
        form("/audio/convert", "%PDF-1.7 nothing to hear".getBytes(StandardCharsets.US_ASCII))
            .error(400);
    assertThat(error.path("message").asText()).contains("audio:").contains("wav");
    assertThat(form("/audio/convert", new byte[0]).error(400).path("param").asText())
        .isEqualTo("file");
    assertThat(http.post("/audio/convert", "{\"file\":\"?\"}").error(400).path("param").asText())
        .isEqualTo("file");
  }

  @ParameterizedTest
  @CsvSource({
    "output_format, mp4a, did you mean",
    "output_fromat, mp3, did you mean output_format",
    "sample_rate, fast, a whole number",
    "bitrate, -1, a whole number",
    "start, later, a number",
  })
  void refusesValuesThatMeanNothing(String name, String value, String words) {
    JsonNode error = form("/audio/convert", second(), name, value).error(400);
    assertThat(error.path("message").asText()).contains(name).contains(words);
  }

  @Test
  void refusesARateThatTheEncodingCannotHave() {
    JsonNode error =
        form("/audio/convert", second(), "output_format", "opus", "sample_rate", "44100")
            .error(400);
    assertThat(error.path("message").asText()).contains("44100").contains("48000");
  }

  @Test
  void refusesDetectorsAndDenoisersThatAreNotThere() {
    assertThat(
            form("/audio/vad", second(), "model", "silero-vat").error(404).path("message").asText())
        .contains("did you mean 'silero-vad'?");
    assertThat(
            form("/audio/denoise", second(), "model", "gtcrn").error(400).path("message").asText())
        .contains("parley models fetch gtcrn");
  }

  @Test
  void logsEachCallWithWhatBecameOfIt() {
    Reply good = form("/audio/convert", second(), "output_format", "flac");
    JsonNode line = hub.logs().call(good.requestId());
    assertThat(line.path("call").asText()).isEqualTo("convert");
    assertThat(line.path("outcome").asText()).isEqualTo("ok");
    assertThat(line.path("bytes").asLong()).isEqualTo(good.body().length);
    Reply bad = form("/audio/convert", new byte[] {1, 2, 3});
    assertThat(hub.logs().call(bad.requestId()).path("outcome").asText())
        .isEqualTo("UNSUPPORTED_AUDIO");
  }

  @Test
  void leavesNothingBehind() throws Exception {
    var _ = form("/audio/convert", second(), "output_format", "mp3");
    var _ = form("/audio/convert", new byte[] {1, 2, 3});
    Waiting.untilTrue(
        "no bytes of a call that is over", Duration.ofSeconds(5), SoundRestTest::isEmpty);
  }

  private static boolean isEmpty() {
    try (Stream<Path> files = Files.walk(hub.data())) {
      return files.noneMatch(file -> file.endsWith("content"));
    } catch (IOException e) {
      return false;
    }
  }
}
