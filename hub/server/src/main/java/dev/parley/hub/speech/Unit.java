package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechText;

/** A part of what a caller hears, in order. */
sealed interface Unit {

  /** Which segment it belongs to. */
  int segment();

  /**
   * A piece of the text.
   *
   * @param start first code point of the segment's text that it speaks
   * @param joined whether it is one of several that are to sound like one
   * @param pauseMs what lies between it and the one before, where they are joined
   */
  record Piece(int segment, SpeechText text, int start, boolean joined, int pauseMs)
      implements Unit {}

  /** All pieces of the segment are spoken; {@code last}: nothing follows it. */
  record End(int segment, boolean last) implements Unit {}
}
