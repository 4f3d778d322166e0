package dev.parley.hub.speech;

import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Makes one recording of several voices, in which each speaks for a time that is proportional to
 * its share. A model that takes its idea of a voice from all of a recording mixes them by it. That
 * is no average of voices, and how it sounds is the model's business: answers say that it was done.
 */
final class RecordingBlend {

  private static final int HEADER_BYTES = 44;
  private static final double SECONDS_MAX = 20;

  /** A share below this leaves no syllable. */
  private static final double PART_SECONDS_MIN = 0.5;

  /** A recording and its share. */
  record Part(Recording recording, double weight) {}

  private RecordingBlend() {}

  /** All rates must be the same; the result is as long as the limits and the recordings allow. */
  static Recording of(List<Part> parts, RecordingLimits limits) {
    int rate = parts.getFirst().recording().sampleRateHz();
    double total = Math.min(SECONDS_MAX, limits.secondsMax());
    for (Part part : parts) {
      // A recording that is too short for its share makes all of it shorter.
      total = Math.min(total, part.recording().seconds() / part.weight());
    }
    ByteBuffer samples =
        ByteBuffer.allocate((int) (2L * rate * (total + parts.size() * PART_SECONDS_MIN)) + 64)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (Part part : parts) {
      double seconds = Math.max(PART_SECONDS_MIN, total * part.weight());
      byte[] wav = part.recording().wav();
      int wanted = 2 * (int) (seconds * rate);
      int there = (wav.length - HEADER_BYTES) & ~1;
      samples.put(wav, HEADER_BYTES, Math.min(Math.min(wanted, there), samples.remaining() & ~1));
    }
    int bytes = samples.position();
    byte[] wav = wav(samples.array(), bytes, rate);
    return new Recording(sha256(wav), wav, rate, bytes / 2.0 / rate, "");
  }

  private static byte[] wav(byte[] samples, int bytes, int rate) {
    ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(rate).putInt(rate * 2);
    file.putShort((short) 2).putShort((short) 16);
    file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    file.put(samples, 0, bytes);
    return file.array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
