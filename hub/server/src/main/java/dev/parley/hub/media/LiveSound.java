package dev.parley.hub.media;

import java.util.concurrent.CompletableFuture;

/**
 * The way in for the bytes of one live stream. Its methods are for one thread at a time and do not
 * wait.
 */
public interface LiveSound extends AutoCloseable {

  /** The detector that listens. */
  String model();

  /**
   * Takes the next bytes, which must not change. The next ones may follow when the future
   * completes: at once while there is room, later when too much waits to be heard.
   */
  CompletableFuture<Void> hear(byte[] bytes);

  /** No bytes follow; the listener is told when all was heard. */
  void finish();

  /** Nobody listens any more; harmless when repeated. */
  @Override
  void close();
}
