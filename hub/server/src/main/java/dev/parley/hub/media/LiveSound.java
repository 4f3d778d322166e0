package dev.parley.hub.media;

import dev.parley.core.audio.TurnDetection;
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

  /**
   * Completes when no byte that was taken waits to be decoded, as far as decoders go without more.
   */
  CompletableFuture<Void> settled();

  /**
   * How many samples, at 16,000 a second, may be heard and not decided about until more follow or
   * the stream ends.
   */
  int lagSamples();

  /**
   * Other settings from the next decision on.
   *
   * @throws dev.parley.core.error.HubException when one is out of range
   */
  void change(TurnDetection turns);

  /** No bytes follow; the listener is told when all was heard. */
  void finish();

  /** Nobody listens any more; harmless when repeated. */
  @Override
  void close();
}
