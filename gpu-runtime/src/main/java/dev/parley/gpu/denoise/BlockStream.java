package dev.parley.gpu.denoise;

import java.util.Arrays;

/**
 * Cuts a signal into hops for a kernel that answers every hop with one hop, some samples late, and
 * takes that delay off, so that output and input are aligned and equally long.
 */
final class BlockStream implements DenoiseStream {

  /** What works on whole hops. */
  interface Kernel {

    /** Samples in a hop. */
    int hop();

    /** By how many samples the output trails the input. */
    int delay();

    /** Most hops that one call takes. */
    int hopsMax();

    /** Answers {@code hops} hops of {@code in} with as many in {@code out}, both from 0. */
    void process(float[] in, int hops, float[] out);

    /** Frees what it holds. */
    void close();
  }

  private final Kernel kernel;
  private final int hop;
  private final float[] in;
  private final float[] out;
  private int pending;
  private int toSkip;
  private long taken;
  private long given;

  BlockStream(Kernel kernel) {
    this.kernel = kernel;
    this.hop = kernel.hop();
    this.in = new float[kernel.hopsMax() * hop];
    this.out = new float[kernel.hopsMax() * hop];
    this.toSkip = kernel.delay();
  }

  @Override
  public int outputMax(int length) {
    return length + hop;
  }

  @Override
  public int process(float[] source, int inOffset, int length, float[] target, int outOffset) {
    int written = 0;
    int read = 0;
    while (read < length) {
      int count = Math.min(length - read, in.length - pending);
      System.arraycopy(source, inOffset + read, in, pending, count);
      read += count;
      pending += count;
      written += run(target, outOffset + written, Long.MAX_VALUE);
    }
    taken += length;
    return written;
  }

  @Override
  public int finishMax() {
    return kernel.delay() + hop;
  }

  @Override
  public int finish(float[] target, int outOffset) {
    int written = 0;
    while (given < taken) {
      long missing = toSkip + taken - given;
      int hops = (int) Math.min((missing + hop - 1) / hop, in.length / hop);
      Arrays.fill(in, pending, hops * hop, 0);
      pending = hops * hop;
      written += run(target, outOffset + written, taken - given);
    }
    return written;
  }

  /** Runs the whole hops that are pending and writes at most {@code most} samples of the answer. */
  private int run(float[] target, int offset, long most) {
    int hops = pending / hop;
    if (hops == 0) {
      return 0;
    }
    kernel.process(in, hops, out);
    int ready = hops * hop;
    System.arraycopy(in, ready, in, 0, pending - ready);
    pending -= ready;
    int skipped = Math.min(toSkip, ready);
    toSkip -= skipped;
    int count = (int) Math.min(ready - skipped, most);
    System.arraycopy(out, skipped, target, offset, count);
    given += count;
    return count;
  }

  @Override
  public void close() {
    kernel.close();
  }
}
