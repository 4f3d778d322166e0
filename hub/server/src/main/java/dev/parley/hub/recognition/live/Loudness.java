package dev.parley.hub.recognition.live;

import java.util.Arrays;

/**
 * How probable speech is in each chunk of the part of a stream that may still be needed; says where
 * words end and where a long stretch is best cut. Places are samples of the stream. Belongs to one
 * thread.
 */
final class Loudness {

  private static final int ROOM_LEAST = 64;

  /** In place of the probability of a chunk that is no speech. */
  private static final float QUIET = -1;

  /** Probabilities of speech; a ring: chunk {@code n} lies at {@code n % room}. */
  private float[] ring = new float[ROOM_LEAST];

  private long first;
  private long next;
  private int chunk = 1;
  private double threshold;
  private double exitThreshold;
  private boolean voiced;

  /**
   * Nothing heard yet.
   *
   * @param threshold the probability from which a chunk is speech
   * @param exitThreshold the probability from which a chunk that follows speech is speech, too
   */
  Loudness(double threshold, double exitThreshold) {
    bounds(threshold, exitThreshold);
  }

  /**
   * A place without speech.
   *
   * @param from its first sample
   * @param to the sample behind it
   */
  record Pause(long from, long to) {
    long middle() {
      return from + (to - from) / 2;
    }

    long length() {
      return to - from;
    }
  }

  /** Other bounds, from the next chunk on. */
  void bounds(double speech, double exit) {
    threshold = speech;
    exitThreshold = exit;
  }

  /**
   * Takes the next chunk, which ends at a sample; all chunks are equally long.
   *
   * @return whether it is speech
   */
  boolean append(long until, float probability) {
    if (next == 0) {
      chunk = Math.toIntExact(until);
    }
    if (next - first == ring.length) {
      grow();
    }
    voiced = probability >= threshold || (voiced && probability >= exitThreshold);
    ring[(int) (next % ring.length)] = voiced ? probability : QUIET;
    next++;
    return voiced;
  }

  private void grow() {
    float[] larger = new float[ring.length * 2];
    for (long at = first; at < next; at++) {
      larger[(int) (at % larger.length)] = ring[(int) (at % ring.length)];
    }
    ring = larger;
  }

  /** What lies before is not asked about any more. */
  void dropBefore(long sample) {
    first = Math.clamp(sample / chunk, first, next);
    if (first == next && ring.length > ROOM_LEAST) {
      ring = Arrays.copyOf(ring, ROOM_LEAST);
    }
  }

  /** How many samples were heard. */
  long heard() {
    return next * chunk;
  }

  private float at(long index) {
    return ring[(int) (index % ring.length)];
  }

  private boolean isQuiet(long index) {
    return at(index) < 0;
  }

  private long from(long sample) {
    return Math.clamp(sample / chunk, first, next);
  }

  /** Where the first chunk of speech from a place on begins; {@link #heard} when there is none. */
  long voicedStart(long from) {
    long index = from(from);
    while (index < next && isQuiet(index)) {
      index++;
    }
    return Math.max(from, index * chunk);
  }

  /** Where the last chunk of speech ends; the place itself when there is none behind it. */
  long voicedEnd(long from) {
    long least = from(from);
    long index = next;
    while (index > least && isQuiet(index - 1)) {
      index--;
    }
    return index == least ? from : Math.max(from, index * chunk);
  }

  /**
   * The longest pause that begins and ends between two places, the later one of two equal ones;
   * where there is none, the quietest chunk.
   */
  Pause best(long from, long to) {
    long least = Math.clamp(Math.ceilDiv(from, chunk), first, next);
    long most = Math.clamp(to / chunk, least, next);
    if (least == most) {
      return new Pause(to, to);
    }
    Pause longest = new Pause(0, 0);
    long quietest = most - 1;
    long since = least;
    for (long index = least; index < most; index++) {
      if (!isQuiet(index)) {
        since = index + 1;
      } else if ((index + 1 - since) * chunk >= longest.length()) {
        longest = new Pause(since * chunk, (index + 1) * chunk);
      }
      quietest = at(index) < at(quietest) ? index : quietest;
    }
    return longest.length() > 0 ? longest : new Pause(quietest * chunk, (quietest + 1) * chunk);
  }
}
