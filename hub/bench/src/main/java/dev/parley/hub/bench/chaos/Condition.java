package dev.parley.hub.bench.chaos;

/** How a backend is for a while; a request meets the condition that holds when it arrives. */
enum Condition {
  HEALTHY,
  /** The first byte is late, sometimes later than the hub waits. */
  SLOW,
  ERROR_500,
  BUSY_503,
  /** With Retry-After. */
  BUSY_503_AFTER,
  /** With Retry-After. */
  LIMITED_429,
  /** The port is closed, and what was connected is gone. */
  REFUSED,
  RESET_EARLY,
  RESET_MIDWAY,
  /** Takes the request and says nothing. */
  SILENT,
  /** Begins to answer and falls silent. */
  STALLED,
  /** Bytes that are no HTTP, or events that are no JSON. */
  GARBAGE,
  /** The connection ends before the body does. */
  TRUNCATED,
  /** An error inside an answer that began as a success. */
  ERROR_INSIDE,
  /** A body that ends in good order and says too little. */
  UNFINISHED
}
