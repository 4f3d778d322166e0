package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class G711Test {

  @Test
  void decodesTheValuesOfTheStandard() {
    assertThat(G711.mulaw((byte) 0x00)).isEqualTo((short) -32_124);
    assertThat(G711.mulaw((byte) 0x80)).isEqualTo((short) 32_124);
    assertThat(G711.mulaw((byte) 0xFF)).isEqualTo((short) 0);
    assertThat(G711.alaw((byte) 0xD5)).isEqualTo((short) 8);
    assertThat(G711.alaw((byte) 0x55)).isEqualTo((short) -8);
    assertThat(G711.alaw((byte) 0xAA)).isEqualTo((short) 32_256);
    assertThat(G711.alaw((byte) 0x2A)).isEqualTo((short) -32_256);
  }

  @Test
  void everyCodeComesBack() {
    for (int code = 0; code < 256; code++) {
      short mulaw = G711.mulaw((byte) code);
      assertThat(G711.mulaw(G711.toMulaw(mulaw))).isEqualTo(mulaw);
      assertThat(G711.toAlaw(G711.alaw((byte) code))).isEqualTo((byte) code);
    }
  }

  @Test
  void noSampleIsFurtherFromItsCodeThanHalfAStep() {
    for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
      int magnitude = Math.abs(sample);
      int mulawError = Math.abs(G711.mulaw(G711.toMulaw(sample)) - sample);
      int alawError = Math.abs(G711.alaw(G711.toAlaw(sample)) - sample);
      // The last step of mu-law ends before full scale.
      assertThat(mulawError)
          .isLessThanOrEqualTo(magnitude > 32_124 ? 644 : 4 + (magnitude + 132) / 32);
      assertThat(alawError).isLessThanOrEqualTo(8 + magnitude / 32);
    }
  }
}
