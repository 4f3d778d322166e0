package dev.parley.hub.media;

import java.util.OptionalDouble;

/**
 * The part of a sound that is wanted, in seconds from its start.
 *
 * @param end empty: to the end
 */
public record Span(double start, OptionalDouble end) {

  /** All of it. */
  public static final Span WHOLE = new Span(0, OptionalDouble.empty());

  long firstFrame(int rateHz) {
    return Math.round(start * rateHz);
  }

  long endFrame(int rateHz) {
    return end.isPresent() ? Math.round(end.getAsDouble() * rateHz) : Long.MAX_VALUE;
  }
}
