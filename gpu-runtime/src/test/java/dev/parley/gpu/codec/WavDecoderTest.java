package dev.parley.gpu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavDecoderTest {

  private static final byte[] SAMPLES = bytes(1_000);

  private final WavDecoder decoder = new WavDecoder(DecodeLimits.DEFAULT);
  private final List<Float> heard = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 45, 500, 100_000})
  void anySplitGivesTheSamples(int step) throws Exception {
    byte[] file = file(1, 1, 16, SAMPLES.length, SAMPLES);
    hear(file, step);
    assertThat(decoder.sampleRateHz()).isEqualTo(24_000);
    assertThat(decoder.channels()).isEqualTo(1);
    assertSamples(SAMPLES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10, 998, 1_000_000})
  void aLengthThatIsNotTrueIsNotBelieved(int declared) throws Exception {
    hear(file(1, 1, 16, declared, SAMPLES), 33);
    assertSamples(SAMPLES);
  }

  @Test
  void whatFollowsTheSamplesIsNoSound() throws Exception {
    byte[] list = "LIST\4\0\0\0INFO".getBytes(StandardCharsets.ISO_8859_1);
    hear(joined(file(1, 1, 16, SAMPLES.length, SAMPLES), list), 50);
    assertSamples(SAMPLES);
  }

  @Test
  void filesOneAfterAnotherAreOneSound() throws Exception {
    byte[] file = file(1, 1, 16, SAMPLES.length, SAMPLES);
    hear(joined(file, file), 11);
    assertSamples(joined(SAMPLES, SAMPLES));
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 24, 32, -32, -64})
  void readsEveryWidth(int bits) throws Exception {
    int width = Math.abs(bits) / 8;
    byte[] data = new byte[width * 100];
    hear(file(1, bits < 0 ? 3 : 1, Math.abs(bits), data.length, data), 9);
    assertThat(heard).hasSize(100);
  }

  @Test
  void readsTheExtensibleForm() throws Exception {
    hear(extensible(SAMPLES), 5);
    assertSamples(SAMPLES);
  }

  @Test
  void aHeaderWithoutSamplesIsAnEmptySound() throws Exception {
    hear(file(2, 1, 16, 0, new byte[0]), 44);
    assertThat(heard).isEmpty();
    assertThat(decoder.channels()).isEqualTo(2);
  }

  @Test
  void noBytesAreAnEmptySound() throws Exception {
    decoder.end(this::take);
    assertThat(decoder.sampleRateHz()).isZero();
  }

  @Test
  void refusesWhatIsNoWav() {
    byte[] page = "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> hear(page, 100)).isInstanceOf(UnsupportedAudioException.class);
  }

  @Test
  void refusesHalfAHeader() {
    byte[] half = Arrays.copyOf(file(1, 1, 16, 0, SAMPLES), 30);
    assertThatThrownBy(() -> hear(half, 100))
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void refusesAHeaderWithoutEnd() {
    byte[] endless = file(1, 1, 16, 0, SAMPLES);
    ByteBuffer.wrap(endless)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(36, 0x4B4E554A)
        .putInt(40, 1 << 30);
    byte[] padding = new byte[1 << 16];
    assertThatThrownBy(
            () -> {
              decoder.decode(endless, this::take);
              for (int i = 0; i < 100; i++) {
                decoder.decode(padding, this::take);
              }
            })
        .isInstanceOf(UnsupportedAudioException.class)
        .hasMessageContaining("no sound in the first");
  }

  private void hear(byte[] file, int step) throws IOException, UnsupportedAudioException {
    for (int at = 0; at < file.length; at += step) {
      decoder.decode(Arrays.copyOfRange(file, at, Math.min(file.length, at + step)), this::take);
    }
    decoder.end(this::take);
  }

  private void take(float[][] planes, int frames) {
    for (int i = 0; i < frames; i++) {
      heard.add(planes[0][i]);
    }
  }

  private void assertSamples(byte[] int16) {
    List<Float> expected = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(int16).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      expected.add(buffer.getShort() * 0x1p-15f);
    }
    assertThat(heard.equals(expected)).as("%d samples", heard.size()).isTrue();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (i * 37);
    }
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private static byte[] file(int channels, int kind, int bits, int declared, byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    int block = channels * bits / 8;
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(declared);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) kind).putShort((short) channels).putInt(24_000).putInt(24_000 * block);
    file.putShort((short) block).putShort((short) bits);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(declared).put(data);
    return file.array();
  }

  /** With a chunk before the description, and its 40-byte form. */
  private static byte[] extensible(byte[] data) {
    ByteBuffer file = ByteBuffer.allocate(80 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    file.put("WAVEJUNK".getBytes(StandardCharsets.US_ASCII)).putInt(4).putInt(7);
    file.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(40);
    file.putShort((short) 0xFFFE).putShort((short) 1).putInt(24_000).putInt(48_000);
    file.putShort((short) 2).putShort((short) 16).putShort((short) 22).putShort((short) 16);
    file.putInt(4).putShort((short) 1).put(new byte[14]);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1).put(data);
    return file.array();
  }
}
