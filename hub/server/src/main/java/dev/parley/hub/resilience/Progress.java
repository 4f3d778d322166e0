package dev.parley.hub.resilience;

/** What an event of an answer means for the attempt that it came from. */
public enum Progress {
  /** The backend accepted the call; nothing of the answer itself is there. */
  HEAD,
  /** A role, an empty delta, a keep-alive: nothing that could not be said again. */
  NOTHING,
  /** A part of the answer. */
  OUTPUT,
  /** The last or only part of the answer. */
  LAST
}
