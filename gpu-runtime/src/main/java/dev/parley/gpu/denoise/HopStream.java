package dev.parley.gpu.denoise;

import java.util.Arrays;

/**
 * Cuts one signal into the hops of a network and puts the answers back in place, mixed sample by
 * sample with the signal as it came where the attenuation is limited. Noise that the network
 * removes entirely is so left at the limit, speech that it keeps stays as it is, and 0 dB gives
 * back the input bit for bit.
 *
 * <p>Samples that are no number count as silence, and a network hears none beyond 24 dB over full
 * scale: one such sample would stay in its state for good. Should it answer with something that is
 * no number it starts afresh, and that hop passes unchanged.
 */
final class HopStream implements DenoiseStream {

  private static final float LOUDEST = 16;

  private final HopNetwork network;
  private final int hop;
  private final int delay;
  private final AttenuationLimit limit;
  private final float[] block;
  private final float[] answer;

  /** What was heard, newest last: the hop that is answered lies at its start. */
  private final float[] heard;

  private int filled;
  private int skip;
  private long taken;
  private long given;
  private boolean finished;

  HopStream(HopNetwork network, AttenuationLimit limit) {
    this.network = network;
    this.hop = network.hop();
    this.delay = network.delay();
    this.limit = limit;
    this.block = new float[hop];
    this.answer = new float[hop];
    this.heard = new float[delay + hop];
    this.skip = delay;
  }

  @Override
  public int outputMax(int length) {
    return (filled + length) / hop * hop;
  }

  @Override
  public int process(float[] in, int inOffset, int length, float[] out, int outOffset) {
    if (finished) {
      throw new IllegalStateException("the signal is finished");
    }
    int written = 0;
    for (int at = 0; at < length; ) {
      int part = Math.min(hop - filled, length - at);
      for (int i = 0; i < part; i++) {
        float sample = in[inOffset + at + i];
        block[filled + i] = Float.isFinite(sample) ? sample : 0;
      }
      filled += part;
      at += part;
      taken += part;
      if (filled == hop) {
        written += step(out, outOffset + written);
      }
    }
    return written;
  }

  @Override
  public int finishMax() {
    return delay + hop;
  }

  @Override
  public int finish(float[] out, int outOffset) {
    finished = true;
    int written = 0;
    while (given < taken) {
      Arrays.fill(block, filled, hop, 0);
      written += step(out, outOffset + written);
    }
    return written;
  }

  @Override
  public void close() {
    network.close();
  }

  private int step(float[] out, int outOffset) {
    filled = 0;
    System.arraycopy(heard, hop, heard, 0, delay);
    System.arraycopy(block, 0, heard, delay, hop);
    for (int i = 0; i < hop; i++) {
      block[i] = Math.clamp(block[i], -LOUDEST, LOUDEST);
    }
    network.step(block, answer);
    if (!finite(answer)) {
      network.reset();
      System.arraycopy(heard, 0, answer, 0, hop);
    }
    int first = Math.min(skip, hop);
    skip -= first;
    int count = (int) Math.min(hop - first, taken - given);
    given += count;
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = limit.mix(heard[first + i], answer[first + i]);
    }
    return count;
  }

  private static boolean finite(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value * 0f; // 0 for every number, NaN for what is none
    }
    return sum == 0;
  }
}
