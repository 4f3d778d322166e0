package dev.parley.gpu.vad;

import java.util.Arrays;

/** A batch of one row, fed by pieces of any length. */
final class ChunkStream implements DetectorStream {

  private final int chunkSamples;
  private final ChunkBatch batch;
  private final ChunkBatch.Row row;
  private final ChunkBatch.Row[] rows;
  private int filled;
  private long heard;
  private long told;
  private float last;

  ChunkStream(int chunkSamples, ChunkBatch batch) {
    this.chunkSamples = chunkSamples;
    this.batch = batch;
    this.row = batch.open();
    this.rows = new ChunkBatch.Row[] {row};
  }

  @Override
  public int outputMax(int length) {
    return (filled + length) / chunkSamples;
  }

  @Override
  public int process(float[] in, int inOffset, int length, float[] out, int outOffset) {
    int written = 0;
    for (int taken = 0; taken < length; ) {
      int piece = Math.min(length - taken, chunkSamples - filled);
      System.arraycopy(in, inOffset + taken, row.chunk(), filled, piece);
      taken += piece;
      filled += piece;
      if (filled == chunkSamples) {
        written += run(out, outOffset + written);
      }
    }
    return written;
  }

  @Override
  public int finishMax() {
    return Math.toIntExact(heard - told) + 1;
  }

  @Override
  public int finish(float[] out, int outOffset) {
    int written = 0;
    if (filled > 0) {
      Arrays.fill(row.chunk(), filled, chunkSamples, 0);
      written += run(out, outOffset);
    }
    for (; told < heard; told++) {
      out[outOffset + written++] = last;
    }
    return written;
  }

  private int run(float[] out, int at) {
    batch.run(rows, 1);
    filled = 0;
    heard++;
    if (!row.ready()) {
      return 0;
    }
    last = row.probability();
    out[at] = last;
    told++;
    return 1;
  }

  @Override
  public void close() {
    batch.close();
  }
}
