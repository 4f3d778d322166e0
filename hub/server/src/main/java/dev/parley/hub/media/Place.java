package dev.parley.hub.media;

/**
 * Where one call works, a step at a time: its steps must not overlap, and the call sees to that.
 */
interface Place extends AutoCloseable {

  /** Puts a step in line; it must not throw. */
  void run(Runnable step);

  /** The call has ended; harmless when repeated. */
  @Override
  void close();
}
