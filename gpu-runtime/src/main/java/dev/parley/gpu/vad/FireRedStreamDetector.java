package dev.parley.gpu.vad;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.features.KaldiFilterBank;
import java.nio.FloatBuffer;

/**
 * The causal network of FireRedVAD: a DFSMN of eight blocks over log-mel frames of 25 ms, one each
 * 10 ms. A frame reaches 15 ms beyond its chunk, so probabilities trail by two chunks.
 */
final class FireRedStreamDetector implements StreamingDetector {

  private static final int CHUNK = KaldiFilterBank.HOP_SAMPLES;

  /** Whole chunks that hold a frame: the sound it looks at, and what it does not need yet. */
  private static final int HISTORY = 3 * CHUNK;

  private static final long[] CACHE = {8, 1, 128, 19};

  private final String name;
  private final Model model;
  private final Normalization normalization;

  FireRedStreamDetector(String name, Model model, Normalization normalization) {
    this.name = name;
    this.normalization = normalization;
    this.model = model;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int chunkSamples() {
    return CHUNK;
  }

  @Override
  public int delaySamples() {
    return HISTORY - CHUNK;
  }

  @Override
  public ChunkBatch batch(int rowsMax) {
    return new OneByOne(rowsMax);
  }

  @Override
  public void close() {
    model.close();
  }

  private static final class FireRedRow implements ChunkBatch.Row {
    private final float[] chunk = new float[CHUNK];
    private final float[] history = new float[HISTORY];
    private final float[] caches = new float[Shapes.count(CACHE)];
    private int chunks;
    private float probability;

    @Override
    public float[] chunk() {
      return chunk;
    }

    @Override
    public boolean ready() {
      return chunks >= HISTORY / CHUNK;
    }

    @Override
    public float probability() {
      return probability;
    }

    private void hear() {
      System.arraycopy(history, CHUNK, history, 0, HISTORY - CHUNK);
      System.arraycopy(chunk, 0, history, HISTORY - CHUNK, CHUNK);
      chunks = Math.min(chunks + 1, HISTORY / CHUNK);
    }
  }

  /** The network takes one signal a run, so rows run one after the other. */
  private final class OneByOne implements ChunkBatch {
    private final int rowsMax;
    private final KaldiFilterBank bank = new KaldiFilterBank();
    private final float[] features = new float[KaldiFilterBank.BANDS];
    private final Binding binding;
    private final FloatBuffer input;
    private final FloatBuffer cachesIn;
    private final FloatBuffer output;
    private final FloatBuffer cachesOut;

    private OneByOne(int rowsMax) {
      if (rowsMax < 1) {
        throw new IllegalArgumentException("rowsMax: " + rowsMax + " (expected: 1 or more)");
      }
      this.rowsMax = rowsMax;
      this.binding =
          model.bind(
              new Shapes()
                  .in("feat", 1, 1, KaldiFilterBank.BANDS)
                  .in("caches_in", CACHE)
                  .out("probs", 1, 1, 1)
                  .out("caches_out", CACHE));
      this.input = binding.input("feat");
      this.cachesIn = binding.input("caches_in");
      this.output = binding.output("probs");
      this.cachesOut = binding.output("caches_out");
    }

    @Override
    public int rowsMax() {
      return rowsMax;
    }

    @Override
    public Row open() {
      return new FireRedRow();
    }

    @Override
    public void run(Row[] rows, int count) {
      for (int i = 0; i < count; i++) {
        FireRedRow row = (FireRedRow) rows[i];
        row.hear();
        if (row.ready()) {
          run(row);
        }
      }
    }

    private void run(FireRedRow row) {
      bank.frame(row.history, 0, features, 0);
      normalization.apply(features, 0);
      input.put(0, features);
      cachesIn.put(0, row.caches);
      binding.run();
      row.probability = output.get(0);
      if (Float.isNaN(row.probability)) {
        // It heard something that is no number, and would never recover.
        row.probability = 0;
        java.util.Arrays.fill(row.caches, 0);
        return;
      }
      cachesOut.get(0, row.caches);
    }

    @Override
    public void close() {
      binding.close();
    }
  }
}
