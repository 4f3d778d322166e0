package dev.parley.gpu.codec;

import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.CORRUPT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.EMPTY;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.NOT_AUDIO;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.NO_AUDIO_TRACK;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.OVER_LIMIT;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.TRUNCATED;
import static dev.parley.gpu.codec.UnsupportedAudioException.Reason.UNSUPPORTED_CODEC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.gpu.codec.UnsupportedAudioException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What people send that is not, or not quite, what it should be. */
class BadInputTest {

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(NativeIo.openCount()).isZero();
  }

  private static UnsupportedAudioException refusal(byte[] bytes) {
    return refusal(bytes, DecodeLimits.DEFAULT);
  }

  private static UnsupportedAudioException refusal(byte[] bytes, DecodeLimits limits) {
    UnsupportedAudioException seekable = refusal(ByteInput.of(bytes), limits);
    UnsupportedAudioException streamed =
        refusal(ByteInput.of(new ByteArrayInputStream(bytes)), limits);
    assertThat(streamed.reason()).isEqualTo(seekable.reason());
    return seekable;
  }

  private static UnsupportedAudioException refusal(ByteInput in, DecodeLimits limits) {
    return catchThrowableOfType(
        UnsupportedAudioException.class,
        () -> {
          try (AudioDecoder decoder = AudioDecoder.open(in, Optional.empty(), limits)) {
            Sound.rest(decoder, 1_000);
          }
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %PDF-1.7 and so on       | a PDF
          PK\u0003\u0004 and so on | a ZIP archive
          \u0089PNG and so on      | a PNG image
          <html><body>sorry</html> | a web page or XML
          {"error": "not found"}   | JSON
          #EXTM3U and file:///etc  | a playlist
          ffconcat version 1.0     | a playlist
          MThd and so on and on    | a MIDI file
          RIFF0000AVI LIST0000     | an AVI video
          Once upon a time, a file | text
          """)
  void namesWhatIsNotAudio(String text, String name) {
    UnsupportedAudioException refusal = refusal(text.getBytes(StandardCharsets.ISO_8859_1));
    assertThat(refusal.reason()).isEqualTo(NOT_AUDIO);
    assertThat(refusal).hasMessageStartingWith("not audio that is read here: found " + name + ";");
    assertThat(refusal).hasMessageContaining("flac").hasMessageContaining("raw PCM");
  }

  @Test
  void namesAudioThatIsNotRead() {
    UnsupportedAudioException refusal = refusal("caff and so on".getBytes(StandardCharsets.UTF_8));
    assertThat(refusal.reason()).isEqualTo(UNSUPPORTED_CODEC);
    assertThat(refusal).hasMessageContaining("audio of Apple CAF");
  }

  @Test
  void saysWhereThereIsNothing() {
    assertThat(refusal(new byte[0]).reason()).isEqualTo(EMPTY);
    assertThat(refusal(new byte[5]).reason()).isEqualTo(TRUNCATED);
    assertThat(refusal(new byte[5_000])).hasMessageContaining("only zero bytes");
    byte[] noise = new byte[100_000];
    new SplittableRandom(3).nextBytes(noise);
    assertThat(refusal(noise).reason()).isEqualTo(NOT_AUDIO);
  }

  /** Cut anywhere: refused in words, or read up to the cut. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.MATCH_ANY,
      names = {"WAV|FLAC|MP3|.*_OPUS|.*AAC.*"})
  void aCutFileIsReadUpToTheCut(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    byte[] bytes = Sound.tones(1, rate, 2 * rate).encoded(encoding);
    int whole = Sound.decoded(bytes).frames();
    int readable = 0;
    for (int length = 1; length < bytes.length; length += 1 + length / 6) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        Sound part = Sound.decoded(cut);
        assertThat(part.frames()).isBetween(0, whole);
        readable++;
      } catch (UnsupportedAudioException e) {
        assertThat(e.reason()).isIn(TRUNCATED, CORRUPT, EMPTY, NOT_AUDIO);
      }
    }
    assertThat(readable).isGreaterThan(3);
  }

  /** A header of as many bytes as are given, then silence. */
  private static byte[] wav(int channels, int rate, int bits, int declared, int bytes) {
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(declared + 36);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rate);
    wav.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
    wav.putShort((short) bits).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(declared);
    return wav.array();
  }

  @Test
  void limitsAreStated() {
    assertThat(refusal(wav(12, 48_000, 16, 4_800, 4_800)))
        .hasMessage("12 channels (at most 8)")
        .extracting(UnsupportedAudioException::reason)
        .isEqualTo(OVER_LIMIT);
    assertThat(refusal(wav(1, 384_000, 16, 4_800, 4_800)))
        .hasMessage("384000 Hz (at most 192000 Hz)");
    DecodeLimits short1 = new DecodeLimits(2, 48_000, 1.5, 4_096, 0);
    assertThat(refusal(wav(1, 8_000, 16, 32_000, 32_000), short1))
        .hasMessage("longer than 1.5 seconds");
    assertThat(refusal(ByteInput.of(wav(1, 8_000, 16, 24_000, 24_000)), short1)).isNull();
  }

  @Test
  void aHighRateIsFine() throws Exception {
    assertThat(Sound.decoded(wav(2, 192_000, 24, 11_520, 11_520)).frames()).isEqualTo(1_920);
  }

  @ParameterizedTest
  @CsvSource({"2147000000", "-1", "0", "-65000"})
  void aHeaderThatDeclaresTooMuchIsNotBelieved(int declared) throws Exception {
    byte[] bytes = wav(1, 16_000, 16, declared, 3_200);
    assertThat(Sound.decoded(bytes).frames()).isEqualTo(1_600);
    assertThat(Sound.streamed(bytes).frames()).isEqualTo(1_600);
  }

  @Test
  void whatFollowsTheSamplesIsNoSound() throws Exception {
    byte[] bytes = wav(1, 16_000, 16, 1_000, 1_600);
    assertThat(Sound.decoded(bytes).frames()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource({"0, 16000, 16", "1, 0, 16", "1, 16000, 0", "1, 16000, 12"})
  void headersThatMakeNoSenseAreRefused(int channels, int rate, int bits) {
    Reason reason = refusal(wav(channels, rate, bits, 3_200, 3_200)).reason();
    assertThat(reason).isIn(CORRUPT, UNSUPPORTED_CODEC, EMPTY);
  }

  @Test
  void aHeaderWithoutSamplesIsEmptySound() throws Exception {
    assertThat(Sound.decoded(wav(1, 16_000, 16, 0, 0)).frames()).isZero();
    assertThat(refusal(Arrays.copyOf(wav(1, 16_000, 16, 0, 0), 40)).reason()).isEqualTo(TRUNCATED);
  }

  @Test
  void rawSamplesWithAHeaderAreReadByTheHeader() throws Exception {
    Format declared = new Format(Encoding.PCM_S16LE, 48_000, 1);
    byte[] bytes = wav(2, 16_000, 16, 3_200, 3_200);
    Sound sound = Sound.decoded(ByteInput.of(bytes), Optional.of(declared));
    assertThat(sound.rateHz()).isEqualTo(16_000);
    assertThat(sound.channels()).isEqualTo(2);
  }

  /** A tag may declare a quarter of a gigabyte, which nobody keeps to look behind it. */
  @Test
  void aTagWithoutEndIsReadNotKept() {
    byte[] tag = Arrays.copyOf(new byte[] {'I', 'D', '3', 4, 0, 0, 127, 127, 127, 127}, 200_000);
    assertThat(refusal(tag).reason()).isIn(TRUNCATED, EMPTY, CORRUPT);
  }

  @Test
  void halfAFrameAtTheEndIsLeftOut() throws Exception {
    Format declared = new Format(Encoding.PCM_S16LE, 8_000, 2);
    assertThat(Sound.decoded(ByteInput.of(new byte[4_003]), Optional.of(declared)).frames())
        .isEqualTo(1_000);
    assertThat(Sound.decoded(ByteInput.of(new byte[0]), Optional.of(declared)).frames()).isZero();
  }

  @Test
  void takesTheSoundOfAVideo() throws Exception {
    byte[] video = Video.mp4("aac");
    Sound sound = Sound.decoded(video);
    assertThat(sound.frames()).isBetween(16_000, 17_500);
    assertThat(Sound.streamed(video).frames()).isEqualTo(sound.frames());
  }

  @Test
  void aVideoWithoutSoundIsNamed() throws Exception {
    UnsupportedAudioException refusal = refusal(Video.mp4(""));
    assertThat(refusal.reason()).isEqualTo(NO_AUDIO_TRACK);
    assertThat(refusal).hasMessageStartingWith("video without an audio track");
  }

  @Test
  void anotherCodingIsNamed() throws Exception {
    UnsupportedAudioException refusal = refusal(Video.mp4("ac3"));
    assertThat(refusal.reason()).isEqualTo(UNSUPPORTED_CODEC);
    assertThat(refusal).hasMessageContaining("the sound of the mp4 file is ac3");
  }

  @Test
  void anIndexBehindTooMuchSoundIsRefusedWhereTheInputCannotSeek() throws Exception {
    byte[] video = Video.mp4("aac");
    DecodeLimits small = new DecodeLimits(8, 192_000, 60, 4_096, 2_000);
    UnsupportedAudioException refusal =
        refusal(ByteInput.of(new ByteArrayInputStream(video)), small);
    assertThat(refusal.reason()).isEqualTo(OVER_LIMIT);
    assertThat(refusal).hasMessageContaining("faststart");
  }

  @Test
  void nothingElseIsOpenedThatAFileNames() throws IOException {
    // A QuickTime reference movie and a playlist name other files; both are only bytes here.
    String reference = "\0\0\0\u0010ftypqt  \0\0\0\0\0\0\0\u0010moov\0\0\0\brmra";
    assertThat(refusal(reference.getBytes(StandardCharsets.ISO_8859_1)).reason())
        .isIn(NO_AUDIO_TRACK, CORRUPT, TRUNCATED);
  }
}
