package dev.parley.gpu.vad;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.features.KaldiFilterBank;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The causal network of FireRedVAD: a DFSMN of eight blocks over log-mel frames of 25 ms, one each
 * 10 ms. A frame reaches 15 ms beyond its chunk, so probabilities trail by two chunks.
 */
final class FireRedStreamDetector implements StreamingDetector {

  private static final int CHUNK = KaldiFilterBank.HOP_SAMPLES;

  /** Whole chunks that hold a frame: the sound it looks at, and what it does not need yet. */
  private static final int HISTORY = 3 * CHUNK;

  private static final long[] CACHE = {8, 1, 128, 19};

  /** Frames of a run where the whole signal is there: as many cost little more than one. */
  private static final int FRAMES_AT_ONCE = 100;

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

  /** As the streams do, up to rounding, but many frames in each run. */
  @Override
  public float[] probabilities(float[] samples) {
    float[] found = new float[chunks(samples.length)];
    float[] whole = Arrays.copyOf(samples, found.length * CHUNK);
    int frames = KaldiFilterBank.frames(whole.length);
    KaldiFilterBank bank = new KaldiFilterBank();
    float[] caches = new float[Shapes.count(CACHE)];
    for (int done = 0; done < frames; ) {
      int length = Math.min(FRAMES_AT_ONCE, frames - done);
      try (Binding binding = bind(length)) {
        float[] features = new float[length * KaldiFilterBank.BANDS];
        while (done + length <= frames) {
          run(binding, bank, whole, done, features, caches);
          binding.output("probs").get(0, found, done, length);
          done += length;
        }
      }
    }
    // The last frames would hang over the end.
    for (int i = Math.max(frames, 1); i < found.length; i++) {
      found[i] = found[i - 1];
    }
    return found;
  }

  private void run(
      Binding binding,
      KaldiFilterBank bank,
      float[] samples,
      int firstFrame,
      float[] features,
      float[] caches) {
    for (int i = 0; i * KaldiFilterBank.BANDS < features.length; i++) {
      int at = i * KaldiFilterBank.BANDS;
      bank.frame(samples, (firstFrame + i) * CHUNK, features, at);
      normalization.apply(features, at);
    }
    binding.input("feat").put(0, features);
    binding.input("caches_in").put(0, caches);
    binding.run();
    binding.output("caches_out").get(0, caches);
  }

  private Binding bind(int frames) {
    return model.bind(
        new Shapes()
            .in("feat", 1, frames, KaldiFilterBank.BANDS)
            .in("caches_in", CACHE)
            .out("probs", 1, frames, 1)
            .out("caches_out", CACHE));
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
      this.binding = bind(1);
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
      cachesOut.get(0, row.caches);
    }

    @Override
    public void close() {
      binding.close();
    }
  }
}
