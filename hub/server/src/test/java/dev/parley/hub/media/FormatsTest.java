package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubException;
import dev.parley.gpu.vad.segment.SegmentationSettings;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormatsTest {

  @ParameterizedTest
  @EnumSource
  void everyEncodingIsTheSameInBothWords(AudioEncoding encoding) {
    assertThat(Formats.encoding(Formats.encoding(encoding))).isEqualTo(encoding);
    assertThat(AudioEncoding.byName(encoding.wireName())).contains(encoding);
    assertThat(Formats.encoding(encoding).isRaw()).isEqualTo(encoding.isHeaderless());
  }

  @Test
  void whatIsLeftOpenStaysAsTheSoundHasIt() {
    AudioFormat format = Formats.wanted(AudioFormat.UNSTATED, 44_100, 6);
    assertThat(format).isEqualTo(AudioFormat.of(AudioEncoding.PCM_S16LE, 44_100, 6));
  }

  @Test
  void takesTheNearestRateAndFewerChannelsWhereNobodyAsked() {
    AudioFormat opus = new AudioFormat(Optional.of(AudioEncoding.OGG_OPUS), 0, 0, 64_000);
    AudioFormat format = Formats.wanted(opus, 44_100, 6);
    assertThat(format.sampleRateHz()).isEqualTo(48_000);
    assertThat(format.channels()).isEqualTo(2);
    assertThat(format.bitRateBps()).isEqualTo(64_000);
  }

  @Test
  void refusesWhatTheEncodingCannotHave() {
    assertThatThrownBy(
            () -> Formats.wanted(AudioFormat.of(AudioEncoding.MP3, 96_000, 2), 96_000, 2))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("48000");
    assertThatThrownBy(
            () -> Formats.wanted(AudioFormat.of(AudioEncoding.MP3, 48_000, 7), 48_000, 7))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("format.channel_count");
  }

  @Test
  void headerlessSoundMustTellItsRate() {
    AudioFormat pcm = new AudioFormat(Optional.of(AudioEncoding.PCM_S16LE), 0, 0, 0);
    assertThatThrownBy(() -> Formats.declared(pcm))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("sample_rate_hz");
    assertThat(Formats.declared(AudioFormat.UNSTATED)).isEmpty();
  }

  @Test
  void aSettingOutOfRangeIsNamedAsCallersSpellIt() {
    TurnDetection turns =
        new TurnDetection(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalInt.of(99_999),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());
    assertThatThrownBy(() -> Turns.settings(turns, SegmentationSettings.REFERENCE))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("vad.prefix_padding_ms")
        .hasMessageContaining("99999")
        .hasMessageContaining("0..10000");
    assertThat(Turns.settings(TurnDetection.UNSTATED, SegmentationSettings.REFERENCE))
        .isEqualTo(SegmentationSettings.REFERENCE);
  }
}
