package dev.parley.hub.speech;

import java.util.concurrent.Flow;

/** The pieces of what is to be spoken, in order; for one subscriber at a time. */
interface Script extends Flow.Publisher<Unit> {

  /** What becomes of the pieces is told to {@code plan}: how long they may be, whether cut. */
  void planned(Cutting cutting);

  /**
   * How a text is cut.
   *
   * @param cut whether at all
   * @param charactersMax longest piece
   * @param language of the text; empty when unknown
   */
  record Cutting(boolean cut, int charactersMax, String language) {}
}
