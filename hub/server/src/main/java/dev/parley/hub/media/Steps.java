package dev.parley.hub.media;

import dev.parley.gpu.codec.UnsupportedAudioException;
import java.io.IOException;

/** Work that goes on in short steps. For one thread at a time. */
interface Steps<T> extends AutoCloseable {

  /** Goes on for some milliseconds; false when the end was reached. */
  boolean advance() throws IOException, UnsupportedAudioException;

  /** What came out, after the end. */
  T found();

  @Override
  void close();
}
