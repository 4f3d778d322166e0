package dev.parley.adapters.voicebox;

import dev.parley.core.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Sound as a base64 array of one channel's samples, in the types of numpy.
 *
 * @param samples 16-bit little-endian
 * @param sampleRateHz as the answer tells
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SampleArray(byte[] samples, int sampleRateHz) {

  private static final int RATE_HZ_MIN = 4_000;
  private static final int RATE_HZ_MAX = 384_000;
  private static final double FULL_SCALE = 32_767;

  /**
   * Reads {@code audio}, {@code dtype} and {@code sample_rate}.
   *
   * @throws IllegalArgumentException with words for people when that is no sound
   */
  static SampleArray read(JsonValue answer) {
    JsonValue audio = answer.get("audio");
    JsonValue rate = answer.get("sample_rate");
    if (audio == null || !audio.isString() || audio.isEmptyString()) {
      throw new IllegalArgumentException("its answer has no audio");
    }
    double hertz = rate != null && rate.isNumber() ? rate.asDouble() : 0;
    if (!(hertz >= RATE_HZ_MIN && hertz <= RATE_HZ_MAX)) {
      throw new IllegalArgumentException("its answer has no sample_rate");
    }
    byte[] raw;
    try {
      raw = Base64.getDecoder().decode(audio.asString());
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("the audio in its answer is not base64");
    }
    return new SampleArray(integers(raw, type(answer.get("dtype"))), (int) hertz);
  }

  private static String type(@Nullable JsonValue dtype) {
    return dtype != null && dtype.isString() ? dtype.asString() : "float32";
  }

  private static byte[] integers(byte[] raw, String type) {
    ByteBuffer in = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
    int width =
        switch (type) {
          case "int16", "float16" -> 2;
          case "float32" -> 4;
          case "float64" -> 8;
          default ->
              throw new IllegalArgumentException(
                  "the dtype of its audio is unknown (expected: float32, float16, float64, int16)");
        };
    if (raw.length % width != 0) {
      throw new IllegalArgumentException("its audio is no whole number of samples");
    }
    if (type.equals("int16")) {
      return raw;
    }
    ByteBuffer out = ByteBuffer.allocate(raw.length / width * 2).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      double sample =
          switch (width) {
            case 2 -> Float.float16ToFloat(in.getShort());
            case 4 -> in.getFloat();
            default -> in.getDouble();
          };
      // What is no number is silence; rounding it would be, too, but not by intent.
      double known = Double.isNaN(sample) ? 0 : Math.clamp(sample, -1, 1);
      out.putShort((short) Math.round(known * FULL_SCALE));
    }
    return out.array();
  }
}
