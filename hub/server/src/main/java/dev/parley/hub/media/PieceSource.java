package dev.parley.hub.media;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes pieces one after the other, each in a step of its own. For one thread at a time. */
interface PieceSource extends AutoCloseable {

  /** The next piece; null after the last. Takes milliseconds, not seconds. */
  @Nullable Piece next() throws IOException;

  @Override
  void close();
}
