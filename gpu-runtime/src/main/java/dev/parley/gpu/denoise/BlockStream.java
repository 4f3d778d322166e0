package dev.parley.gpu.denoise;

import java.util.Arrays;

/**
 * Cuts a signal into hops for a kernel that answers every hop with one hop, some samples late, and
 * that takes many hops at once. Takes that delay off, so that output and input are aligned and
 * equally long, and mixes the signal as it came into the answer, sample by sample, where the
 * attenuation is limited: 0 dB gives back the input bit for bit.
 *
 * <p>Samples that are no number count as silence and none is taken beyond 24 dB over full scale:
 * one such sample would stay in the kernel's state for good. Should a kernel answer with what is no
 * number it starts afresh, and those hops pass unchanged.
 */
final class BlockStream implements DenoiseStream {

  private static final float LOUDEST = 16;

  /** What works on whole hops. */
  interface Kernel {

    /** Samples in a hop. */
    int hop();

    /** By how many samples the output trails the input. */
    int delay();

    /** Most hops that one call takes. */
    int hopsMax();

    /** Answers {@code hops} hops of {@code in} from {@code offset} with as many in {@code out}. */
    void process(float[] in, int offset, int hops, float[] out);

    /** Forgets the signal so far. */
    void reset();

    /** Frees what it holds. */
    void close();
  }

  private final Kernel kernel;
  private final AttenuationLimit limit;
  private final int hop;
  private final int delay;
  private final int most;

  // What was heard: the samples that the kernel's next answer belongs to, then, one delay further
  // on, those that it has not taken yet.
  private final float[] heard;
  private final float[] out;
  private int pending;
  private int toSkip;
  private long taken;
  private long given;

  BlockStream(Kernel kernel, AttenuationLimit limit) {
    this.kernel = kernel;
    this.limit = limit;
    this.hop = kernel.hop();
    this.delay = kernel.delay();
    this.most = kernel.hopsMax() * hop;
    this.heard = new float[delay + most];
    this.out = new float[most];
    this.toSkip = delay;
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
      int count = Math.min(length - read, most - pending);
      for (int i = 0; i < count; i++) {
        float sample = source[inOffset + read + i];
        heard[delay + pending + i] =
            Float.isNaN(sample) ? 0 : Math.clamp(sample, -LOUDEST, LOUDEST);
      }
      read += count;
      pending += count;
      written += run(target, outOffset + written, Long.MAX_VALUE);
    }
    taken += length;
    return written;
  }

  @Override
  public int finishMax() {
    return delay + hop;
  }

  @Override
  public int finish(float[] target, int outOffset) {
    int written = 0;
    while (given < taken) {
      long missing = toSkip + taken - given;
      int hops = (int) Math.min((missing + hop - 1) / hop, most / hop);
      Arrays.fill(heard, delay + pending, delay + hops * hop, 0);
      pending = hops * hop;
      written += run(target, outOffset + written, taken - given);
    }
    return written;
  }

  /** Runs the whole hops that are pending and writes at most {@code wanted} samples. */
  private int run(float[] target, int offset, long wanted) {
    int hops = pending / hop;
    if (hops == 0) {
      return 0;
    }
    int ready = hops * hop;
    kernel.process(heard, delay, hops, out);
    if (!finite(out, ready)) {
      kernel.reset();
      System.arraycopy(heard, 0, out, 0, ready);
    }
    int skipped = Math.min(toSkip, ready);
    toSkip -= skipped;
    int count = (int) Math.min(ready - skipped, wanted);
    for (int i = 0; i < count; i++) {
      target[offset + i] = limit.mix(heard[skipped + i], out[skipped + i]);
    }
    given += count;
    System.arraycopy(heard, ready, heard, 0, delay + pending - ready);
    pending -= ready;
    return count;
  }

  private static boolean finite(float[] samples, int count) {
    float sum = 0;
    for (int i = 0; i < count; i++) {
      sum += samples[i] * 0;
    }
    return sum == 0;
  }

  @Override
  public void close() {
    kernel.close();
  }
}
