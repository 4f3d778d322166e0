package dev.parley.hub.recognition.live;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.recognition.Clip;
import dev.parley.hub.media.ClipFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The part of a stream's samples that may still be needed, by their places in the stream. It grows
 * as long as nobody says what is not needed any more. Belongs to one thread.
 */
final class SampleLine {

  private static final int SAMPLE_BYTES = 2;
  private static final int ROOM_LEAST = 4_096;

  /** A ring: sample {@code n} of the stream lies at {@code n % room}. */
  private short[] ring = new short[ROOM_LEAST];

  private long begin;
  private long end;

  /** The first sample that is here. */
  long begin() {
    return begin;
  }

  /** How many samples there have been. */
  long end() {
    return end;
  }

  /** How many samples there is room for, used or not. */
  int room() {
    return ring.length;
  }

  /** Takes the samples that come next. */
  void append(short[] samples) {
    long needed = end - begin + samples.length;
    if (needed > ring.length) {
      resize(Math.toIntExact(Math.max(needed, 2L * ring.length)));
    }
    int at = (int) (end % ring.length);
    int first = Math.min(samples.length, ring.length - at);
    System.arraycopy(samples, 0, ring, at, first);
    System.arraycopy(samples, first, ring, 0, samples.length - first);
    end += samples.length;
  }

  /** What lies before is not needed any more. */
  void dropBefore(long sample) {
    begin = Math.clamp(sample, begin, end);
    long kept = end - begin;
    if (ring.length > ROOM_LEAST && kept < ring.length / 8) {
      resize(Math.toIntExact(Math.max(ROOM_LEAST, kept * 2)));
    }
  }

  private void resize(int room) {
    short[] other = new short[room];
    for (long at = begin; at < end; ) {
      int from = (int) (at % ring.length);
      int to = (int) (at % room);
      int count = (int) Math.min(end - at, Math.min(ring.length - from, room - to));
      System.arraycopy(ring, from, other, to, count);
      at += count;
    }
    ring = other;
  }

  /** A WAV file of the samples from one up to another, as far as they are here. */
  Clip clip(long from, long to) {
    long first = Math.clamp(from, begin, end);
    int count = Math.toIntExact(Math.clamp(to, first, end) - first);
    byte[] file = ClipFile.wav(Clip.RATE_HZ, count * SAMPLE_BYTES);
    int at = (int) (first % ring.length);
    int part = Math.min(count, ring.length - at);
    ByteBuffer.wrap(file, ClipFile.WAV_HEADER_BYTES, count * SAMPLE_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .put(ring, at, part)
        .put(ring, 0, count - part);
    return new Clip(AudioEncoding.WAV, file, count);
  }
}
