package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Speech is heard while it is made: bytes leave soon, and all of them before a silence. */
class FlushTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource
  void halfOfThreeTenthsOfASecondIsThereAtOnce(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 24_000);
    Sound sound = Sound.tones(1, rate, rate * 3 / 10);
    try (AudioEncoder encoder = AudioEncoder.open(new Format(encoding, rate, 1), bytes::write)) {
      encoder.write(sound.planes(), 0, sound.frames());
      Sound heard = heard(encoding, rate);
      assertThat((double) heard.frames() / heard.rateHz())
          .isGreaterThan(encoding == Encoding.MP4_AAC ? 0.12 : 0.15);
    }
  }

  @ParameterizedTest
  @CsvSource({"24000,7200", "24000,7681", "16000,1", "48000,50000", "44100,30011"})
  void allThatWasWrittenIsHeardAfterAFlush(int wantedRate, int frames) throws Exception {
    for (Encoding encoding : Encoding.values()) {
      bytes.reset();
      int rate = AudioEncoder.rateFor(encoding, wantedRate);
      Sound sound = Sound.tones(1, rate, frames);
      try (AudioEncoder encoder = AudioEncoder.open(new Format(encoding, rate, 1), bytes::write)) {
        encoder.write(sound.planes(), 0, frames);
        int silence = encoder.flush();
        Sound heard = heard(encoding, rate);
        int delay = delay(encoding);
        assertThat((double) heard.frames() / heard.rateHz() * rate)
            .as(encoding.name())
            .isGreaterThanOrEqualTo(frames + delay);
        assertThat(silence).isLessThan((int) (0.15 * rate) + 2_400);
        assertThat(encoder.flush()).as("nothing is left").isZero();
      }
    }
  }

  /** What no field of these tells: see {@link RoundTripTest}. */
  private static int delay(Encoding encoding) {
    return switch (encoding) {
      case AAC_ADTS -> 1_024;
      case MP3 -> 1_105;
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void soundGoesOnBehindAFlush(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 24_000);
    Sound sound = Sound.tones(1, rate, rate);
    int silence;
    try (AudioEncoder encoder = AudioEncoder.open(new Format(encoding, rate, 1), bytes::write)) {
      encoder.write(sound.planes(), 0, rate / 3);
      silence = encoder.flush();
      encoder.write(sound.planes(), rate / 3, rate - rate / 3);
      encoder.finish();
    }
    Sound heard = heard(encoding, rate);
    int factor = heard.rateHz() / rate;
    assertThat(heard.frames() / factor - rate - silence)
        .isBetween(delay(encoding) > 0 ? delay(encoding) - 200 : 0, delay(encoding) * 2 + 1_200);
    Sound same = factor == 1 ? heard : heard.decimated(factor);
    float[] rest = new float[rate - rate / 3];
    System.arraycopy(sound.planes()[0], rate / 3, rest, 0, rest.length);
    int lag = rate / 3 + silence + delay(encoding);
    assertThat(same.likeness(rest, 0, lag)).isGreaterThan(0.97);
  }

  private Sound heard(Encoding encoding, int rate) throws Exception {
    Optional<Format> declared =
        encoding.isRaw() ? Optional.of(new Format(encoding, rate, 1)) : Optional.empty();
    return Sound.decoded(ByteInput.of(bytes.toByteArray()), declared);
  }
}
