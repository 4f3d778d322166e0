package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.testkit.content.Dialogue;
import dev.parley.testkit.content.Wave;
import dev.parley.testkit.sound.Babble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ClippingTest {

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Media media;

  @BeforeAll
  static void open(@TempDir Path data) {
    media = TestMedia.in(data);
  }

  @AfterAll
  static void close() throws IOException {
    media.close();
  }

  private static Clipped clipped(byte[] bytes, ClipWish wish) {
    return media.sounds().clip(Sound.of(bytes, AudioFormat.UNSTATED), wish).join();
  }

  private static ClipWish wish(AudioEncoding encoding) {
    return ClipWish.of("file1", encoding, 7_200, 1 << 30);
  }

  private static HubError refused(byte[] bytes, ClipWish wish) {
    try {
      clipped(bytes, wish);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof HubException known) {
        return known.error();
      }
      throw e;
    }
    throw new AssertionError("taken");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 44_100, 48_000})
  void becomesOneChannelAt16Kilohertz(int rate) {
    Clip clip = clipped(Babble.wav(rate, 2.5, 1), wish(AudioEncoding.WAV)).clip();
    assertThat(clip.encoding()).isEqualTo(AudioEncoding.WAV);
    assertThat(clip.seconds()).isEqualTo(2.5, within(0.001));
    assertThat(Wave.sampleRateHz(clip.bytes())).isEqualTo(16_000);
    assertThat(Wave.data(clip.bytes())).hasSize((int) clip.samples() * 2);
  }

  @Test
  void theSoundStaysTheSameSampleForSample() {
    byte[] wav = Dialogue.voice(2, 3).wav(16_000);
    assertThat(clipped(wav, wish(AudioEncoding.WAV)).clip().bytes()).isEqualTo(wav);
  }

  @Test
  void flacTellsItsLengthAndHoldsTheSameSound() {
    byte[] wav = Dialogue.voice(2, 3).wav(16_000);
    Clip flac = clipped(wav, wish(AudioEncoding.FLAC)).clip();
    assertThat(flac.encoding()).isEqualTo(AudioEncoding.FLAC);
    assertThat(flac.bytes()).startsWith('f', 'L', 'a', 'C').hasSizeLessThan(wav.length);
    ByteBuffer info = ByteBuffer.wrap(flac.bytes());
    assertThat(info.getLong(18) & 0xF_FFFF_FFFFL).isEqualTo(flac.samples());
    assertThat(clipped(flac.bytes(), wish(AudioEncoding.WAV)).clip().bytes()).isEqualTo(wav);
  }

  @Test
  void whatIsLongerThanTenMinutesBecomesFlac() {
    float[] sound = new float[ClipTape.WAV_SAMPLES_MAX + 8_000];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (0.25 * Math.sin(i * 0.05));
    }
    byte[] wav = Babble.wav(sound, 16_000);
    Clip clip = clipped(wav, wish(AudioEncoding.WAV)).clip();
    assertThat(clip.encoding()).isEqualTo(AudioEncoding.FLAC);
    assertThat(clip.samples()).isEqualTo(sound.length);
    Clip last =
        clipped(
                clip.bytes(),
                new ClipWish(
                    "x", AudioEncoding.WAV, new Span(599, OptionalDouble.of(600.5)), 10, 1 << 20))
            .clip();
    assertThat(last.samples()).isEqualTo(24_000);
    byte[] same = Wave.pcm(Arrays.copyOfRange(sound, 599 * 16_000, 600 * 16_000 + 8_000));
    float[] expected = Wave.samples(same);
    float[] found = Wave.samples(Wave.data(last.bytes()));
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(2f / 32_768));
    }
  }

  @Test
  void aPartOfItIsCut() {
    Clipped part =
        clipped(
            Dialogue.of(new Dialogue.Turn(0, 0, 2), new Dialogue.Turn(1, 2, 5)).wav(44_100),
            new ClipWish(
                "x", AudioEncoding.WAV, new Span(2.2, OptionalDouble.of(4.2)), 10, 1 << 20));
    assertThat(part.clip().seconds()).isEqualTo(2, within(0.001));
    assertThat(Dialogue.speaker(part.clip().bytes())).isEqualTo(1);
  }

  @Test
  void tellsSilence() {
    assertThat(clipped(Babble.wav(new float[16_000], 16_000), wish(AudioEncoding.WAV)).isSilent())
        .isTrue();
    assertThat(clipped(Babble.wav(16_000, 1, 1), wish(AudioEncoding.WAV)).isSilent()).isFalse();
  }

  @Test
  void refusesWhatIsNoSoundByTheNameOfItsField() {
    for (byte[] bytes :
        new byte[][] {
          new byte[0],
          "This is no sound at all, only some text.".getBytes(StandardCharsets.UTF_8),
          Babble.wav(new float[0], 16_000)
        }) {
      assertThat(refused(bytes, wish(AudioEncoding.WAV)))
          .isInstanceOfSatisfying(
              HubError.UnsupportedAudio.class,
              error -> assertThat(error.field()).isEqualTo("file1"));
    }
    assertThat(refused(new byte[0], wish(AudioEncoding.WAV)).toString()).contains("0 bytes");
  }

  @Test
  void refusesWhatIsTooLongOrTooLarge() {
    byte[] wav = Babble.wav(16_000, 3, 1);
    assertThat(refused(wav, ClipWish.of("file1", AudioEncoding.WAV, 2, 1 << 30)))
        .isEqualTo(new HubError.TooLarge("file1", "length of a recording", 2, "seconds"));
    assertThat(refused(wav, ClipWish.of("file1", AudioEncoding.WAV, 10, 1_000)))
        .isEqualTo(new HubError.TooLarge("file1", "size of a recording", 1_000));
  }

  @Test
  void isWrittenAsWavOrFlacOnly() {
    assertThatThrownBy(() -> wish(AudioEncoding.MP3)).isInstanceOf(IllegalArgumentException.class);
  }
}
