package dev.parley.gpu.resample;

/** What a stream runs through. For one thread at a time. */
sealed interface Chain permits FloatChain, PassThrough, WideChain {

  /** Most that {@link #process} takes at a time. */
  int chunk();

  /** Takes up to {@link #chunk} samples and returns how many results lie in {@link #results}. */
  int process(float[] in, int inOffset, int length);

  /** The results of the latest call, from the start. */
  float[] results();

  /** Back to silence. */
  void reset();
}
