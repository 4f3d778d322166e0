package dev.parley.core.error;

/** The phases of a call that have a time limit of their own. */
public enum Stage {
  QUEUE,
  CONNECT,
  /** Sending the request. */
  WRITE,
  /** From the request's begin to the head of the answer. */
  HEADERS,
  /** From the request's begin to the first event of the answer. */
  FIRST_BYTE,
  /** Between two events of the answer. */
  IDLE,
  /** The whole call. */
  TOTAL,
  /** The backend itself said that it ran out of time. */
  BACKEND;

  /** Lower-case name, as it stands in error metadata. */
  public String wireName() {
    return switch (this) {
      case QUEUE -> "queue";
      case CONNECT -> "connect";
      case WRITE -> "write";
      case HEADERS -> "headers";
      case FIRST_BYTE -> "first_byte";
      case IDLE -> "idle";
      case TOTAL -> "total";
      case BACKEND -> "backend";
    };
  }
}
