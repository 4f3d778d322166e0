package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.hub.media.store.Sha256;
import dev.parley.testkit.sound.Babble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExaminationTest {

  private static final ExaminationLimits LIMITS = new ExaminationLimits(60, 50 << 20, "limit");

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

  private static Examined examined(byte[] bytes) {
    return media.sounds().examine(Sound.of(bytes, AudioFormat.UNSTATED), LIMITS).join();
  }

  @Test
  void tellsWhatARecordingIs() {
    byte[] wav = Babble.wav(44_100, 5, 1);
    Examined found = examined(wav);
    assertThat(found.sha256()).isEqualTo(Sha256.hex(wav));
    assertThat(found.sizeBytes()).isEqualTo(wav.length);
    assertThat(found.seconds()).isEqualTo(5.0, within(1e-6));
    assertThat(found.sampleRateHz()).isEqualTo(44_100);
    assertThat(found.channels()).isEqualTo(1);
    assertThat(found.speechSeconds()).isBetween(2.0, 5.0);
    assertThat(found.snrDb()).isBetween(20.0, 80.0);
    assertThat(found.clippedRatio()).isZero();
    assertThat(found.loudnessLufs()).isBetween(-40.0, -10.0);
  }

  @Test
  void makesAWavFileOfOneChannelThatReadsBack() {
    Recording recording = examined(Babble.wav(16_000, 3, 2)).recording();
    assertThat(recording.sampleRateHz()).isEqualTo(24_000);
    assertThat(recording.seconds()).isEqualTo(3.0, within(0.001));
    assertThat(recording.sha256()).isEqualTo(Sha256.hex(recording.wav()));
    Examined again = examined(recording.wav());
    assertThat(again.seconds()).isEqualTo(3.0, within(0.001));
    assertThat(again.sampleRateHz()).isEqualTo(24_000);
    assertThat(again.recording().wav()).isEqualTo(recording.wav());
  }

  @Test
  void noiseBesidesTheSpeechLowersItsRatio() {
    float[] samples = Babble.samples(24_000, 5, 3);
    Random random = new Random(5);
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (float) (0.01 * random.nextGaussian());
    }
    double clean = examined(Babble.wav(24_000, 5, 3)).snrDb();
    double noisy = examined(Babble.wav(samples, 24_000)).snrDb();
    assertThat(noisy).isLessThan(clean - 10).isBetween(5.0, 35.0);
  }

  @Test
  void countsWhatIsAtFullScale() {
    float[] samples = Babble.samples(24_000, 4, 4);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.clamp(samples[i] * 40, -1f, 1f);
    }
    assertThat(examined(Babble.wav(samples, 24_000)).clippedRatio()).isGreaterThan(0.1);
  }

  @Test
  void findsNoSpeechInSilence() {
    Examined found = examined(Babble.wav(new float[48_000], 24_000));
    assertThat(found.speechSeconds()).isZero();
    assertThat(found.loudnessLufs()).isEqualTo(-70.0);
  }

  @Test
  void stopsAsSoonAsItIsTooLong() {
    // A header that promises three hours, and a file that ends after a minute and a half: were it
    // read on to its end, that would be another failure.
    byte[] hours3 = Babble.wav(new float[8_000 * 90], 8_000);
    int hours = 8_000 * 2 * 3 * 3_600;
    ByteBuffer.wrap(hours3).order(ByteOrder.LITTLE_ENDIAN).putInt(4, hours + 36).putInt(40, hours);
    assertThatThrownBy(() -> examined(hours3))
        .cause()
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(
                        new HubError.UnsupportedAudio(
                            "audio", "more than 60 s of sound", "at most 60 s")));
  }

  @Test
  void refusesWhatIsNoSound() {
    byte[] zip = Arrays.copyOf(new byte[] {'P', 'K', 3, 4}, 4_000);
    assertThatThrownBy(() -> examined(zip))
        .cause()
        .isInstanceOfSatisfying(
            HubException.class,
            e -> assertThat(e.error()).isInstanceOf(HubError.UnsupportedAudio.class));
    assertThatThrownBy(() -> examined(new byte[0])).cause().hasMessageContaining("0 bytes");
  }

  @Test
  void refusesWhatIsTooLargeUnheard() {
    ExaminationLimits small = new ExaminationLimits(60, 1_000, "voices.references_bytes_max");
    assertThatThrownBy(() ->
            media.sounds().examine(Sound.of(new byte[1_001], AudioFormat.UNSTATED), small).join())
        .cause()
        .isInstanceOfSatisfying(
            HubException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(
                        new HubError.TooLarge(
                            "the recording", "voices.references_bytes_max", 1_000)));
  }
}
