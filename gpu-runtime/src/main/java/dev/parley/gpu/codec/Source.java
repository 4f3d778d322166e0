package dev.parley.gpu.codec;

import java.io.IOException;

/** Samples from one opened input. For one thread at a time. */
sealed interface Source permits PcmSource, FfmpegSource {

  StreamInfo info();

  /** As {@link AudioDecoder#read}, without its checks. */
  int read(float[][] planes, int frames) throws IOException, UnsupportedAudioException;

  /** Pieces of the input that could not be decoded and were left out. */
  long damaged();

  /** Lets go of all but the input. */
  void close();
}
