package dev.parley.hub.media;

import dev.parley.core.recognition.Clip;
import java.util.List;

/**
 * A clip of a sound, and where in the sound it is from.
 *
 * @param clip what was cut out
 * @param parts the stretches that it is made of, in their order; never empty
 * @param silent whether there is nothing in it that anybody could hear
 * @param sharedBefore so many first samples are the last ones of the piece before, too: there was
 *     no pause to cut it off at
 * @param sharedBehind so many last samples are the first ones of the piece behind, too
 */
public record SoundPiece(
    Clip clip, List<Part> parts, boolean silent, long sharedBefore, long sharedBehind) {

  /**
   * A stretch, at {@link Clip#RATE_HZ}.
   *
   * @param at its first sample in the clip
   * @param from its first sample in the sound
   * @param samples its length
   */
  public record Part(long at, long from, long samples) {}

  public SoundPiece {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a piece is made of at least one part");
    }
  }

  /** One that shares nothing with others. */
  public SoundPiece(Clip clip, List<Part> parts, boolean silent) {
    this(clip, parts, silent, 0, 0);
  }

  /** Whether words at its edges may be cut, which a neighbour has whole. */
  public boolean isShared() {
    return sharedBefore > 0 || sharedBehind > 0;
  }

  /** The moment of the sound, in seconds, that is this moment of the clip; never outside of it. */
  public double timeOf(double secondsInClip) {
    double sample = Math.clamp(secondsInClip * Clip.RATE_HZ, 0, (double) clip.samples());
    Part part = parts.getFirst();
    for (Part next : parts) {
      if (next.at() > sample) {
        break;
      }
      part = next;
    }
    if (part.from() == part.at()) {
      // As it was told: samples in between would only change its last digit.
      return Math.clamp(secondsInClip, 0, (double) (part.at() + part.samples()) / Clip.RATE_HZ);
    }
    double within = Math.min(sample - part.at(), (double) part.samples());
    return (part.from() + within) / Clip.RATE_HZ;
  }

  /** Where it begins in the sound, in seconds. */
  public double start() {
    return (double) parts.getFirst().from() / Clip.RATE_HZ;
  }

  /** Where it ends in the sound, in seconds. */
  public double end() {
    Part last = parts.getLast();
    return (double) (last.from() + last.samples()) / Clip.RATE_HZ;
  }
}
