package dev.parley.gpu.vad.live;

import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.vad.ChunkBatch;
import dev.parley.gpu.vad.StreamingDetector;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the first sample of each chunk of four as its probability, {@code delay} chunks late; fails
 * when told to.
 */
final class LoudnessDetector implements StreamingDetector {

  static final int CHUNK = 4;

  private final int delay;
  final List<Integer> batches = new ArrayList<>();
  volatile boolean broken;

  LoudnessDetector(int delay) {
    this.delay = delay;
  }

  @Override
  public String name() {
    return "loudness";
  }

  @Override
  public int chunkSamples() {
    return CHUNK;
  }

  @Override
  public int delaySamples() {
    return delay * CHUNK;
  }

  @Override
  public ChunkBatch batch(int rowsMax) {
    return new ChunkBatch() {
      @Override
      public int rowsMax() {
        return rowsMax;
      }

      @Override
      public Row open() {
        return new LoudnessRow();
      }

      @Override
      public void run(Row[] rows, int count) {
        if (broken) {
          throw new ModelFailedException("the device is gone");
        }
        batches.add(count);
        for (int i = 0; i < count; i++) {
          LoudnessRow row = (LoudnessRow) rows[i];
          row.values.add(row.chunk[0]);
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}

  private final class LoudnessRow implements ChunkBatch.Row {
    private final float[] chunk = new float[CHUNK];
    private final List<Float> values = new ArrayList<>();

    @Override
    public float[] chunk() {
      return chunk;
    }

    @Override
    public boolean ready() {
      return values.size() > delay;
    }

    @Override
    public float probability() {
      return values.get(values.size() - 1 - delay);
    }
  }
}
