package dev.parley.hub.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What files of one channel need besides their samples. */
public final class ClipFile {

  /** Bytes before the samples of a WAV file that is written here. */
  public static final int WAV_HEADER_BYTES = 44;

  /** Where STREAMINFO counts the samples, in 36 bits of which the first four share a byte. */
  private static final int FLAC_COUNT_AT = 21;

  private ClipFile() {}

  /**
   * A WAV file of one channel of 16-bit integers, whose samples are still to be written behind its
   * header.
   *
   * @param bytes of all samples
   */
  public static byte[] wav(int rateHz, int bytes) {
    byte[] file = new byte[WAV_HEADER_BYTES + bytes];
    ByteBuffer wav = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(WAV_HEADER_BYTES - 8 + bytes);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(rateHz).putInt(rateHz * 2);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    return file;
  }

  /** An encoder that does not know the end leaves the count open; some readers need it. */
  static byte[] counted(byte[] flac, long samples) {
    if (flac.length > FLAC_COUNT_AT + 4) {
      flac[FLAC_COUNT_AT] = (byte) ((flac[FLAC_COUNT_AT] & 0xF0) | ((int) (samples >>> 32) & 0x0F));
      ByteBuffer.wrap(flac).putInt(FLAC_COUNT_AT + 1, (int) samples);
    }
    return flac;
  }
}
