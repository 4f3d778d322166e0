package dev.parley.testkit.content;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The sound of every fake voice: 440 Hz, peak 8000, 24 kHz mono, signed 16-bit little-endian. */
public final class Tone {
  /** Samples per second. */
  public static final int SAMPLE_RATE = 24_000;

  /** Milliseconds of sound for one spoken word. */
  public static final int MILLIS_PER_WORD = 20;

  private static final double STEP = 2 * Math.PI * 440 / SAMPLE_RATE;
  private static final int WAV_HEADER_BYTES = 44;

  private Tone() {}

  /** Raw samples from the tone's start. */
  public static byte[] pcm(int millis) {
    return pcm(0, millis);
  }

  /** Raw samples from a position in the tone, so that pieces join without a step. */
  public static byte[] pcm(int fromMillis, int millis) {
    var from = fromMillis * (SAMPLE_RATE / 1000);
    var samples = millis * (SAMPLE_RATE / 1000);
    var out = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (var i = 0; i < samples; i++) {
      out.putShort((short) (8000 * Math.sin(STEP * (from + i))));
    }
    return out.array();
  }

  /** A WAV file with the usual 44-byte header around raw samples. */
  public static byte[] wav(byte[] pcm) {
    return ByteBuffer.allocate(WAV_HEADER_BYTES + pcm.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(US_ASCII))
        .putInt(36 + pcm.length)
        .put("WAVEfmt ".getBytes(US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(SAMPLE_RATE)
        .putInt(SAMPLE_RATE * 2)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(US_ASCII))
        .putInt(pcm.length)
        .put(pcm)
        .array();
  }
}
