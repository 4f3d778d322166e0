package dev.parley.gpu.vad;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of a Silero network: {@code input} [rows, 576], {@code state} [2, rows, 128] (h and c), out
 * {@code output} [rows, 1] and {@code stateN}. Buffers exist for a few sizes of batch; a run takes
 * the smallest that holds its rows, and what is left over computes in vain.
 */
final class SileroBatch implements ChunkBatch {

  static final int CONTEXT_SAMPLES = 64;
  private static final int STATE = 128;
  private static final int INPUT = CONTEXT_SAMPLES + SileroDetector.CHUNK_SAMPLES;
  private static final int[] SIZES = {1, 4, 8, 16, 32, 64, 128, 256};

  private final int rowsMax;
  private final List<Prepared> prepared = new ArrayList<>();

  private record Prepared(
      int rows,
      Binding binding,
      FloatBuffer input,
      FloatBuffer state,
      FloatBuffer output,
      FloatBuffer next) {

    Prepared(int rows, Binding binding) {
      this(
          rows,
          binding,
          binding.input("input"),
          binding.input("state"),
          binding.output("output"),
          binding.output("stateN"));
    }
  }

  private static final class SileroRow implements Row {
    private final float[] chunk = new float[SileroDetector.CHUNK_SAMPLES];
    private final float[] context = new float[CONTEXT_SAMPLES];
    private final float[] hidden = new float[STATE];
    private final float[] cell = new float[STATE];
    private boolean ready;
    private float probability;

    private void forget() {
      Arrays.fill(context, 0);
      Arrays.fill(hidden, 0);
      Arrays.fill(cell, 0);
      probability = 0;
    }

    @Override
    public float[] chunk() {
      return chunk;
    }

    @Override
    public boolean ready() {
      return ready;
    }

    @Override
    public float probability() {
      return probability;
    }
  }

  SileroBatch(Model model, int rowsMax) {
    if (rowsMax < 1 || rowsMax > SIZES[SIZES.length - 1]) {
      throw new IllegalArgumentException(
          "rowsMax: " + rowsMax + " (expected: 1.." + SIZES[SIZES.length - 1] + ")");
    }
    this.rowsMax = rowsMax;
    try {
      for (int rows : SIZES) {
        prepared.add(new Prepared(rows, model.bind(shapes(rows))));
        if (rows >= rowsMax) {
          break;
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Shapes shapes(int rows) {
    return new Shapes()
        .in("input", rows, INPUT)
        .in("state", 2, rows, STATE)
        .scalar("sr", SpeechDetector.RATE_HZ)
        .out("output", rows, 1)
        .out("stateN", 2, rows, STATE);
  }

  @Override
  public int rowsMax() {
    return rowsMax;
  }

  @Override
  public Row open() {
    return new SileroRow();
  }

  @Override
  public void run(Row[] rows, int count) {
    Prepared place = place(count);
    for (int i = 0; i < count; i++) {
      SileroRow row = (SileroRow) rows[i];
      place.input().put(i * INPUT, row.context);
      place.input().put(i * INPUT + CONTEXT_SAMPLES, row.chunk);
      place.state().put(i * STATE, row.hidden);
      place.state().put((place.rows() + i) * STATE, row.cell);
    }
    place.binding().run();
    for (int i = 0; i < count; i++) {
      SileroRow row = (SileroRow) rows[i];
      float probability = place.output().get(i);
      row.ready = true;
      if (Float.isNaN(probability)) {
        // It heard something that is no number, and would never recover.
        row.forget();
        continue;
      }
      row.probability = probability;
      place.next().get(i * STATE, row.hidden);
      place.next().get((place.rows() + i) * STATE, row.cell);
      System.arraycopy(
          row.chunk, row.chunk.length - CONTEXT_SAMPLES, row.context, 0, CONTEXT_SAMPLES);
    }
  }

  private Prepared place(int count) {
    for (Prepared candidate : prepared) {
      if (candidate.rows() >= count) {
        return candidate;
      }
    }
    throw new IllegalArgumentException("count: " + count + " (expected: 1.." + rowsMax + ")");
  }

  @Override
  public void close() {
    prepared.forEach(place -> place.binding().close());
  }
}
