package dev.parley.hub.media;

import java.io.IOException;

/**
 * Takes sound: blocks of planar floats, full scale 1. The blocks belong to the caller again when
 * the call returns. For one thread at a time.
 */
interface Sink extends AutoCloseable {

  /** Takes the first {@code frames} of every channel. */
  void accept(float[][] planes, int frames) throws IOException;

  /** Nothing follows: passes on what is held back. */
  void end() throws IOException;

  @Override
  void close();
}
