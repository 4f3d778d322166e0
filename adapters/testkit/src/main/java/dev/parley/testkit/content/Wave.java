package dev.parley.testkit.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** WAV files of one channel of signed 16-bit integers, as fakes write them and tests read them. */
public final class Wave {
  /** Bytes of the header that this class writes. */
  public static final int HEADER_BYTES = 44;

  private static final int OPEN = -1;

  private Wave() {}

  /** A file that tells its true sizes. */
  public static byte[] file(byte[] pcm, int sampleRateHz) {
    return join(header(36 + pcm.length, pcm.length, sampleRateHz), pcm);
  }

  /** A file with both sizes 0xFFFFFFFF, as it is written before its length is known. */
  public static byte[] openFile(byte[] pcm, int sampleRateHz) {
    return join(header(OPEN, OPEN, sampleRateHz), pcm);
  }

  /** Samples from -1 to 1 as signed 16-bit little-endian integers, clipped. */
  public static byte[] pcm(float[] samples) {
    var out = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (var sample : samples) {
      out.putShort((short) Math.round(Math.clamp(sample, -1f, 1f) * 32_767));
    }
    return out.array();
  }

  /** Signed 16-bit little-endian integers as samples from -1 to 1. */
  public static float[] samples(byte[] pcm) {
    var in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    var samples = new float[pcm.length / 2];
    for (var i = 0; i < samples.length; i++) {
      samples[i] = in.getShort() / 32_768f;
    }
    return samples;
  }

  /** The sample rate that a file states. */
  public static int sampleRateHz(byte[] wav) {
    return ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
  }

  /** The raw samples of a file, whatever chunks stand before them; up to its end when open. */
  public static byte[] data(byte[] wav) {
    var in = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
    for (var at = 12; at + 8 <= wav.length; ) {
      var size = Integer.toUnsignedLong(in.getInt(at + 4));
      if (new String(wav, at, 4, UTF_8).equals("data")) {
        return Arrays.copyOfRange(wav, at + 8, (int) Math.min(wav.length, at + 8 + size));
      }
      at = (int) Math.min(wav.length, at + 8 + size + (size & 1));
    }
    throw new IllegalArgumentException("no data chunk in " + wav.length + " bytes (expected: WAV)");
  }

  /** The first channel of a file of 16-bit integers as samples from -1 to 1. */
  public static float[] firstChannel(byte[] wav) {
    var channels = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getShort(22);
    var all = samples(data(wav));
    if (channels == 1) {
      return all;
    }
    var first = new float[all.length / channels];
    for (var i = 0; i < first.length; i++) {
      first[i] = all[i * channels];
    }
    return first;
  }

  private static byte[] header(int riffSize, int dataSize, int sampleRateHz) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(US_ASCII))
        .putInt(riffSize)
        .put("WAVEfmt ".getBytes(US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(sampleRateHz)
        .putInt(sampleRateHz * 2)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(US_ASCII))
        .putInt(dataSize)
        .array();
  }

  private static byte[] join(byte[] header, byte[] pcm) {
    var file = Arrays.copyOf(header, header.length + pcm.length);
    System.arraycopy(pcm, 0, file, header.length, pcm.length);
    return file;
  }
}
