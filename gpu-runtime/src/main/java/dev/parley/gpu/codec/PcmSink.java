package dev.parley.gpu.codec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Plain samples, interleaved, each written as soon as it comes. */
final class PcmSink implements Sink {

  private static final int BLOCK_FRAMES = 1_024;

  private final Encoding encoding;
  private final int channels;
  private final int bytes;
  private final ByteOutput out;
  private final byte[] block;

  PcmSink(Format format, ByteOutput out) throws IOException {
    this.encoding = format.encoding();
    this.channels = format.channels();
    this.bytes = bytes(encoding);
    this.out = out;
    this.block = new byte[BLOCK_FRAMES * channels * bytes];
    if (encoding == Encoding.WAV) {
      byte[] header = wavHeader(format);
      out.write(header, 0, header.length);
    }
  }

  private static int bytes(Encoding encoding) {
    return switch (encoding) {
      case PCM_S16LE, WAV -> 2;
      case PCM_F32LE -> 4;
      case MULAW, ALAW -> 1;
      case FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC ->
          throw new IllegalArgumentException(encoding + " is not plain samples");
    };
  }

  /** A header whose sizes are the largest there are, which readers take as open. */
  private static byte[] wavHeader(Format format) {
    byte[] header = new byte[44];
    int frame = 2 * format.channels();
    text(header, 0, "RIFF");
    int32(header, 4, -1);
    text(header, 8, "WAVEfmt ");
    int32(header, 16, 16);
    int16(header, 20, 1);
    int16(header, 22, format.channels());
    int32(header, 24, format.sampleRateHz());
    int32(header, 28, format.sampleRateHz() * frame);
    int16(header, 32, frame);
    int16(header, 34, 16);
    text(header, 36, "data");
    int32(header, 40, -1);
    return header;
  }

  @Override
  public void write(float[][] planes, int offset, int frames) throws IOException {
    for (int done = 0; done < frames; ) {
      int count = Math.min(frames - done, BLOCK_FRAMES);
      for (int channel = 0; channel < channels; channel++) {
        fill(planes[channel], offset + done, count, channel);
      }
      out.write(block, 0, count * channels * bytes);
      done += count;
    }
  }

  private void fill(float[] from, int offset, int count, int channel) {
    int stride = channels * bytes;
    int at = channel * bytes;
    for (int i = offset; i < offset + count; i++, at += stride) {
      switch (encoding) {
        case PCM_S16LE, WAV -> int16(block, at, Samples.int16(from[i]));
        case PCM_F32LE ->
            int32(block, at, Float.isNaN(from[i]) ? 0 : Float.floatToRawIntBits(from[i]));
        case MULAW -> block[at] = G711.toMulaw(Samples.int16(from[i]));
        case ALAW -> block[at] = G711.toAlaw(Samples.int16(from[i]));
        case FLAC, MP3, OGG_OPUS, WEBM_OPUS, AAC_ADTS, MP4_AAC -> {}
      }
    }
  }

  private static void text(byte[] to, int at, String text) {
    byte[] letters = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(letters, 0, to, at, letters.length);
  }

  private static void int16(byte[] to, int at, int value) {
    to[at] = (byte) value;
    to[at + 1] = (byte) (value >> 8);
  }

  private static void int32(byte[] to, int at, int value) {
    int16(to, at, value);
    int16(to, at + 2, value >> 16);
  }

  @Override
  public int flush() {
    return 0;
  }

  @Override
  public void finish() {}

  @Override
  public void close() {}
}
