package dev.parley.gpu.codec;

import java.io.IOException;

/** Bytes from samples, in one encoding. For one thread at a time. */
sealed interface Sink permits PcmSink, FfmpegSink {

  /** As {@link AudioEncoder#write}, without its checks. */
  void write(float[][] planes, int offset, int frames) throws IOException;

  /**
   * As {@link AudioEncoder#flush}.
   *
   * @return frames of silence that were added
   */
  int flush() throws IOException;

  /** Writes all that is held back, and the end of the file where there is one. */
  void finish() throws IOException;

  /** Lets go of all memory. */
  void close();
}
