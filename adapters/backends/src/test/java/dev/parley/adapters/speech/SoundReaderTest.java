package dev.parley.adapters.speech;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.testkit.content.Wave;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundReaderTest {

  private static final Target TARGET = new Target("b", "m");
  private static final Expected PCM = Expected.of(AudioEncoding.PCM_S16LE, 24_000);

  /** What a reader found. */
  private static final class Found implements Sink<SpeechEvent> {
    final List<SpeechEvent> events = new ArrayList<>();
    boolean complete;

    @Override
    public void event(SpeechEvent event) {
      events.add(event);
    }

    @Override
    public void nearlyComplete() {}

    @Override
    public void complete() {
      complete = true;
    }

    AudioFormat format() {
      return ((SpeechEvent.Opened) events.getFirst()).format();
    }

    byte[] sound() {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (SpeechEvent event : events) {
        if (event instanceof SpeechEvent.Sound(byte[] bytes)) {
          assertThat(bytes).isNotEmpty();
          all.writeBytes(bytes);
        }
      }
      return all.toByteArray();
    }
  }

  private static Found read(String type, Expected expected, byte[] body, int piece) {
    Found found = new Found();
    SoundReader reader = new SoundReader(TARGET, expected);
    reader.opened(ResponseHeaders.of(HttpStatus.OK, "content-type", type), found);
    for (int from = 0; from < body.length; from += piece) {
      byte[] bytes = Arrays.copyOfRange(body, from, Math.min(body.length, from + piece));
      reader.read(bytes, 0, bytes.length, found);
    }
    reader.end(found);
    return found;
  }

  private static Found events(String stream) {
    return read("text/event-stream; charset=utf-8", PCM, stream.getBytes(UTF_8), 11);
  }

  private static String delta(byte[] sound) {
    return "data: {\"type\":\"speech.audio.delta\",\"audio\":\"%s\"}\n\n"
        .formatted(Base64.getEncoder().encodeToString(sound));
  }

  private static final String DONE = "data: {\"type\":\"speech.audio.done\"}\n\n";

  private static HubError failure(String type, String body) {
    try {
      read(type, PCM, body.getBytes(UTF_8), 7);
    } catch (HubException e) {
      return e.error();
    }
    throw new AssertionError("no failure");
  }

  @ParameterizedTest
  @CsvSource({
    "audio/mpeg,MP3,0",
    "audio/mp3,MP3,0",
    "Audio/WAV,WAV,0",
    "audio/x-wav,WAV,0",
    "audio/opus,OGG_OPUS,0",
    "audio/ogg; codecs=opus,OGG_OPUS,0",
    "audio/flac,FLAC,0",
    "audio/aac,AAC_ADTS,0",
    "audio/pcm,PCM_S16LE,24000",
    "audio/pcm;rate=22050,PCM_S16LE,22050",
    "'audio/L16; rate=16000; channels=1',PCM_S16LE,16000",
    "audio/pcm;rate=fast,PCM_S16LE,24000",
    "audio/pcm;rate=99999999,PCM_S16LE,24000",
    "application/octet-stream,PCM_S16LE,24000",
    "'',PCM_S16LE,24000",
    "audio/unheard-of,PCM_S16LE,24000",
  })
  void theAnswerSaysWhatItIs(String type, AudioEncoding encoding, int rate) {
    Found found = read(type, PCM, new byte[100], 100);
    assertThat(found.format().encoding()).contains(encoding);
    assertThat(found.format().sampleRateHz()).isEqualTo(rate);
    assertThat(found.complete).isTrue();
  }

  @Property(tries = 100)
  void rawSamplesStayWhole(
      @ForAll @Size(max = 60) byte[] body, @ForAll @IntRange(min = 1, max = 9) int piece) {
    if (body.length == 0) {
      return;
    }
    Found found = read("audio/pcm", PCM, body, piece);
    assertThat(found.sound()).isEqualTo(Arrays.copyOf(body, body.length - body.length % 2));
    assertThat(found.events.stream().skip(1))
        .allMatch(event -> ((SpeechEvent.Sound) event).bytes().length % 2 == 0);
  }

  @Property(tries = 100)
  void samplesInEventsStayWhole(@ForAll @Size(max = 8) List<@Size(max = 9) byte[]> pieces) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    StringBuilder stream = new StringBuilder();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
      stream.append(delta(piece));
    }
    if (all.size() < 2) {
      return;
    }
    Found found = events(stream + DONE);
    assertThat(found.sound()).isEqualTo(Arrays.copyOf(all.toByteArray(), all.size() & ~1));
  }

  @Test
  void headersInEventsAreNoSound() {
    byte[] pcm = {1, 2, 3, 4, 5, 6};
    assertThat(events(delta(Wave.openFile(pcm, 24_000)) + delta(pcm) + DONE).sound())
        .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
    assertThat(events(delta(Wave.file(pcm, 24_000)) + delta(Wave.file(pcm, 24_000)) + DONE).sound())
        .containsExactly(1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"usage", "token_usage"})
  void bothNamesOfTheCountsAreRead(String name) {
    String done =
        "event: speech.audio.done\ndata: {\"%s\":{\"input_tokens\":3,\"output_tokens\":4}}\n\n"
            .formatted(name);
    assertThat(events(delta(new byte[2]) + done).events)
        .contains(new SpeechEvent.Counted(new SpeechUsage(3, 4, 7)));
    assertThat(events(delta(new byte[2]) + done.replace(":3", ":0").replace(":4", ":0")).events)
        .hasSize(2);
  }

  @Test
  void eventsEndByTheirMarkOnly() {
    assertThat(events(delta(new byte[2]) + "data: [DONE]\n\n").complete).isTrue();
    assertThat(events(delta(new byte[2]) + DONE + delta(new byte[2])).sound()).hasSize(2);
    assertThat(failure("text/event-stream", delta(new byte[2])))
        .isInstanceOf(HubError.BackendFailed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"type\":\"speech.audio.done\"}\n\n",
        "data: [DONE]\n\n",
        "data: {\"type\":\"speech.audio.delta\",\"audio\":\"\"}\n\ndata: [DONE]\n\n",
        "data: {\"type\":\"speech.audio.delta\",\"audio\":\"?!\"}\n\n",
        "data: {\"type\":\"speech.audio.delta\"}\n\n",
        "data: {\"type\":\"speech.au\n\n",
        "data: 7\n\n",
        "data: {\"type\":\"speech.audio.error\"}\n\n",
        "event: error\ndata: {\"x\":1}\n\n",
      })
  void brokenEventsAreFailures(String stream) {
    assertThat(failure("text/event-stream", stream)).isInstanceOf(HubError.BackendFailed.class);
  }

  @Test
  void errorsInEventsKeepTheirWords() {
    String error =
        "event: speech.audio.error\ndata: {\"error\":{\"message\":\"busy\",\"code\":429},"
            + "\"action\":\"discard\"}\n\n";
    assertThat(failure("text/event-stream", error))
        .isInstanceOfSatisfying(
            HubError.RateLimited.class, e -> assertThat(e.message()).isEqualTo("busy"));
  }

  @Test
  void nothingAndOtherThingsAreFailures() {
    assertThat(failure("audio/pcm", "")).isInstanceOf(HubError.BackendFailed.class);
    assertThat(failure("text/plain", "sorry")).isInstanceOf(HubError.BackendFailed.class);
    assertThat(failure("image/png", "x")).isInstanceOf(HubError.BackendFailed.class);
    assertThatExceptionOfType(HubException.class)
        .isThrownBy(() -> read("audio/wav", PCM, Wave.file(new byte[0], 8_000), 10));
  }
}
