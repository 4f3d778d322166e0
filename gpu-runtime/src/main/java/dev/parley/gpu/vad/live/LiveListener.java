package dev.parley.gpu.vad.live;

/**
 * Takes what is found in one live signal. Called on the thread that serves all signals, so it hands
 * over and returns; one call at a time, in order. What it throws ends its own signal only.
 */
public interface LiveListener {

  /**
   * The next probability.
   *
   * @param chunk number of the chunk, from 0
   * @param probability 0 to 1
   */
  void heard(long chunk, float probability);

  /** All was heard after {@link LiveStream#finish}; the last call. */
  void finished();

  /**
   * Nothing more will be heard; the last call.
   *
   * @param failure what happened, to the network or to the listener
   */
  void failed(RuntimeException failure);
}
