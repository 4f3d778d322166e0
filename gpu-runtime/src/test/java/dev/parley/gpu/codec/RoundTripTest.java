package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written can be read: every encoding at the rates and channels that it carries. */
class RoundTripTest {

  /** What a coder may do to the tones of {@link Sound#tones}. */
  private record Bound(double snrMin, int delay, int paddingMax) {}

  private static Bound bound(Encoding encoding) {
    return switch (encoding) {
      case PCM_F32LE -> new Bound(150, 0, 0);
      case PCM_S16LE, WAV, FLAC -> new Bound(75, 0, 0);
      case MULAW, ALAW -> new Bound(33, 0, 0);
      case OGG_OPUS, WEBM_OPUS -> new Bound(17, 0, 0);
      case MP4_AAC -> new Bound(17, 0, 0);
      // No field of these tells what the coder put in front.
      case AAC_ADTS -> new Bound(17, 1_024, 1_024);
      case MP3 -> new Bound(17, 1_105, 2_304);
    };
  }

  static Stream<Arguments> cases() {
    return Stream.of(Encoding.values())
        .flatMap(encoding ->
            IntStream.of(8_000, 24_000, 44_100)
                .map(wanted -> AudioEncoder.rateFor(encoding, wanted))
                .distinct()
                .boxed()
                .flatMap(
                    rate -> Stream.of(1, 2).map(count -> Arguments.of(encoding, rate, count))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesBackWhatWasWritten(Encoding encoding, int rateHz, int channels) throws Exception {
    Sound sound = Sound.tones(channels, rateHz, rateHz + 123);
    byte[] bytes = sound.encoded(new Format(encoding, rateHz, channels, 64_000 * channels), 480);
    Optional<Format> declared =
        encoding.isRaw() ? Optional.of(new Format(encoding, rateHz, channels)) : Optional.empty();
    Sound back = Sound.decoded(ByteInput.of(bytes), declared);

    Bound bound = bound(encoding);
    int factor = back.rateHz() / rateHz;
    assertThat(back.rateHz()).isEqualTo(rateHz * factor);
    assertThat(back.channels()).isEqualTo(channels);
    assertThat(back.frames() - sound.frames() * factor)
        .isBetween(
            bound.delay() - (bound.delay() > 0 ? 200 : 0), bound.delay() + bound.paddingMax());
    for (int channel = 0; channel < channels; channel++) {
      Sound same = factor == 1 ? back : back.decimated(factor);
      assertThat(same.snr(sound.planes()[channel], channel, bound.delay()))
          .as("SNR of channel %d", channel)
          .isGreaterThan(bound.snrMin());
    }
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatItIs(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 24_000);
    byte[] bytes = Sound.tones(1, rate, rate / 2).encoded(encoding);
    Optional<Format> declared =
        encoding.isRaw() ? Optional.of(new Format(encoding, rate, 1)) : Optional.empty();
    try (AudioDecoder decoder =
        AudioDecoder.open(ByteInput.of(bytes), declared, DecodeLimits.DEFAULT)) {
      assertThat(decoder.info().encoding()).contains(encoding);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anySplitOfTheSamplesGivesTheSameBytes(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 24_000);
    Sound sound = Sound.tones(1, rate, rate / 2);
    Format format = new Format(encoding, rate, 1);
    byte[] whole = sound.encoded(format, sound.frames());
    assertThat(Arrays.equals(sound.encoded(format, 1), whole)).isTrue();
    assertThat(Arrays.equals(sound.encoded(format, 777), whole)).isTrue();
  }

  /** Within 220 ms of sound, header included; AAC at low rates has long frames. */
  @ParameterizedTest
  @EnumSource
  void bytesLeaveWhileSamplesCome(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 24_000);
    Sound sound = Sound.tones(1, rate, rate);
    long[] written = {0};
    try (AudioEncoder encoder =
        AudioEncoder.open(new Format(encoding, rate, 1), (_, _, length) -> written[0] += length)) {
      long header = written[0];
      encoder.write(sound.planes(), 0, rate * 220 / 1_000);
      assertThat(written[0]).isGreaterThan(header);
    }
  }

  @ParameterizedTest
  @EnumSource
  void wildSamplesAreClipped(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    float[][] wild = new float[1][rate];
    for (int i = 0; i < rate; i++) {
      wild[0][i] =
          switch (i % 4) {
            case 0 -> Float.NaN;
            case 1 -> Float.POSITIVE_INFINITY;
            case 2 -> -1e30f;
            default -> 0.5f;
          };
    }
    byte[] bytes = new Sound(wild, rate).encoded(encoding);
    Optional<Format> declared =
        encoding.isRaw() ? Optional.of(new Format(encoding, rate, 1)) : Optional.empty();
    for (float sample : Sound.decoded(ByteInput.of(bytes), declared).planes()[0]) {
      assertThat(Float.isFinite(sample)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingWrittenIsNoFailure(Encoding encoding) throws Exception {
    int rate = AudioEncoder.rateFor(encoding, 16_000);
    assertThat(new Sound(new float[1][0], rate).encoded(new Format(encoding, rate, 1), 1).length)
        .isLessThan(2_000);
  }

  @Test
  void opusIsWrittenAtNoLessThanTheWantedRate() {
    assertThat(AudioEncoder.rateFor(Encoding.OGG_OPUS, 22_050)).isEqualTo(24_000);
    assertThat(AudioEncoder.rateFor(Encoding.OGG_OPUS, 32_000)).isEqualTo(48_000);
    assertThat(AudioEncoder.rateFor(Encoding.OGG_OPUS, 96_000)).isEqualTo(48_000);
    assertThat(AudioEncoder.rateFor(Encoding.MP3, 22_050)).isEqualTo(22_050);
    assertThat(AudioEncoder.rateFor(Encoding.WAV, 11_111)).isEqualTo(11_111);
  }

  @Test
  void refusesWhatAnEncodingDoesNotCarry() {
    assertThatThrownBy(
            () -> AudioEncoder.open(new Format(Encoding.OGG_OPUS, 22_050, 1), (_, _, _) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sampleRateHz: 22050 (OGG_OPUS carries [8000, 12000, 16000, 24000, 48000] Hz)");
    assertThatThrownBy(
            () -> AudioEncoder.open(new Format(Encoding.MP3, 44_100, 3), (_, _, _) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channels: 3 (MP3 carries 1..2)");
  }
}
