package dev.parley.testkit.backend;

/** How an answer ends once its last wanted frame is out. */
public enum Ending {
  /** As HTTP asks. */
  COMPLETE,
  /** Not at all: the connection stays open and silent. */
  HANG,
  /** The connection is closed in order, the answer being incomplete. */
  CLOSE,
  /** The connection is reset; what the caller had not read yet may be lost. */
  RESET
}
