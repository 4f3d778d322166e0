package dev.parley.hub.resilience;

/** Whether a call may be made again without asking anybody. */
public enum Repeatable {
  /** It changes nothing at the backend: to make it twice costs time and money only. */
  FREELY,
  /** It creates or changes something: only while no backend can have seen it. */
  WHILE_UNSEEN
}
