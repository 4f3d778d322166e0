package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gpu.Shared;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as other programs wrote them. */
class FormatsTest {

  record Stated(String file, String codec, int rateHz, int channels, double seconds) {
    boolean isExact() {
      return file.endsWith(".flac")
          || file.endsWith(".aiff")
          || file.endsWith(".wav")
          || file.endsWith(".WAV");
    }
  }

  static Stream<Stated> files() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(Shared.bytes("audio/manifest.json"));
    return StreamSupport.stream(manifest.spliterator(), false)
        .filter(file -> file.path("file").asText().startsWith("formats/"))
        .map(file ->
            new Stated(
                file.path("file").asText(),
                file.path("codec").asText(),
                file.path("sample_rate").asInt(),
                file.path("channels").asInt(),
                file.path("seconds").asDouble()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void decodesToTheStatedRateAndLength(Stated stated) throws Exception {
    byte[] bytes = Shared.bytes("audio/" + stated.file());
    Optional<Format> declared =
        stated.file().endsWith(".pcm")
            ? Optional.of(new Format(Encoding.PCM_S16LE, 16_000, 1))
            : Optional.empty();
    Sound sound = Sound.decoded(ByteInput.of(bytes), declared);
    assertThat(sound.rateHz()).isEqualTo(stated.rateHz());
    assertThat(sound.channels()).isEqualTo(stated.channels());
    double seconds = (double) sound.frames() / sound.rateHz();
    if (stated.isExact()) {
      assertThat(seconds).isCloseTo(stated.seconds(), within(0.0006));
    } else {
      // The stated length still has the coder's delay and padding in it; ours has not.
      assertThat(seconds).isBetween(stated.seconds() - 0.155, stated.seconds() + 0.02);
    }
    Sound streamed = Sound.decoded(ByteInput.of(new ByteArrayInputStream(bytes)), declared);
    assertThat(Arrays.deepEquals(streamed.planes(), sound.planes())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatItFound(Stated stated) throws Exception {
    if (stated.file().endsWith(".pcm")) {
      return;
    }
    byte[] bytes = Shared.bytes("audio/" + stated.file());
    try (AudioDecoder decoder =
        AudioDecoder.open(ByteInput.of(bytes), Optional.empty(), DecodeLimits.DEFAULT)) {
      assertThat(decoder.info().codec()).isEqualTo(stated.codec());
      decoder
          .info()
          .seconds()
          .ifPresent(seconds -> assertThat(seconds).isCloseTo(stated.seconds(), within(0.155)));
      Sound.rest(decoder, 4_096);
      assertThat(decoder.damaged()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "formats/LJ001-0001.flac, speech/en/LJ001-0001.wav",
    "formats/LJ001-0002.flac, speech/en/LJ001-0002.wav",
  })
  void losslessFilesHoldTheSameSamples(String file, String reference) throws Exception {
    Sound sound = Sound.decoded(Shared.bytes("audio/" + file));
    Sound same = Sound.decoded(Shared.bytes("audio/" + reference));
    assertThat(Arrays.equals(sound.planes()[0], same.planes()[0])).isTrue();
  }

  /** The same utterance, converted between bit depths by whoever made the files. */
  @ParameterizedTest
  @CsvSource({
    "formats/audio-mono-24-bit-44100Hz.flac,   100",
    "formats/audio-mono-16-bit-44100Hz.aiff,   60",
    "formats/audio-stereo-16-bit-44100Hz.flac, 60",
    "formats/audio-mono-8-bit-44100Hz.wav,     20",
  })
  void bitDepthsAgree(String file, double snrMin) throws Exception {
    Sound sound = Sound.decoded(Shared.bytes("audio/" + file));
    Sound deep = Sound.decoded(Shared.bytes("audio/formats/audio-mono-24-bit-44100Hz.wav"));
    assertThat(sound.snr(deep.planes()[0], 0, 0)).isGreaterThan(snrMin);
  }

  /** Lossy coders change samples but neither shift nor scale them. */
  @ParameterizedTest
  @CsvSource({
    "formats/derived-jfk.m4a,        1, 1, 0.99",
    "formats/derived-jfk.ogg,        1, 1, 0.99",
    "formats/derived-jfk.opus,       3, 1, 0.97",
    "formats/derived-jfk.webm,       3, 1, 0.97",
    "formats/derived-jfk-alaw8k.wav, 1, 2, 0.99",
    "formats/jfk.mp3,                1, 1, 0.99",
  })
  void lossyFilesStayInPlace(String file, int fewer, int fewerReference, double likenessMin)
      throws Exception {
    Sound sound = Sound.decoded(Shared.bytes("audio/" + file)).decimated(fewer);
    Sound jfk = Sound.decoded(Shared.bytes("audio/speech/en/jfk.wav")).decimated(fewerReference);
    assertThat(sound.frames()).isEqualTo(jfk.frames());
    double inPlace = sound.likeness(jfk.planes()[0], 0, 0);
    assertThat(inPlace).isGreaterThan(likenessMin);
    assertThat(inPlace).isGreaterThan(sound.likeness(jfk.planes()[0], 0, 1));
    assertThat(inPlace).isGreaterThan(sound.likeness(jfk.planes()[0], 0, -1));
  }

  @Test
  void vorbisInWebmIsTheSameRecordingAsItsWav() throws Exception {
    Sound webm = Sound.decoded(Shared.bytes("audio/formats/watson-sample1.webm"));
    Sound wav = Sound.decoded(Shared.bytes("audio/formats/watson-sample1.wav"));
    assertThat(webm.likeness(wav.planes()[0], 0, 0)).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @ValueSource(strings = {"speech/en/jfk.wav", "vad/ami/trn01.wav"})
  void ourOwnReaderOfWavAgreesWithTheOneOfTheTests(String file) throws Exception {
    float[] own = Sound.decoded(Shared.bytes("audio/" + file)).planes()[0];
    assertThat(Arrays.equals(own, Shared.wav(file).samples())).isTrue();
  }
}
