package dev.parley.hub.limits;

/** A request that was let in. */
public interface Entry {

  /** How much is left, to be told with the answer. */
  Standing standing();

  /** The request is over: its place among the streams is free. Once or more; any thread. */
  void leave();
}
