package dev.parley.hub.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes pieces one after the other, each in a step of its own. For one thread at a time. */
interface PieceSource<P> extends AutoCloseable {

  /**
   * Works for some milliseconds; whether {@link #next} has something now. To be repeated until it
   * has.
   */
  default boolean advance() throws IOException {
    return true;
  }

  /** The next piece; null after the last. Takes milliseconds, not seconds. */
  @Nullable P next() throws IOException;

  @Override
  void close();
}
