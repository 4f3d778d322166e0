package dev.parley.gpu.denoise;

/**
 * A network that takes sound in hops of one length and answers each with a hop that lies {@link
 * #delay} samples earlier. Keeps the state of one signal: for one thread at a time. Steps allocate
 * nothing.
 */
interface HopNetwork extends AutoCloseable {

  /** Samples that one step takes and gives. */
  int hop();

  /** How many samples the answer of a step lies before the hop that it was given. */
  int delay();

  /** Takes the next hop of {@code in} and writes one hop from the start of {@code out}. */
  void step(float[] in, float[] out);

  /** Forgets everything heard. */
  void reset();

  @Override
  void close();
}
