package dev.parley.gpu.vad;

import dev.parley.gpu.device.Model;

/**
 * A network of the Silero family, versions 5 and 6: a short-time spectrum, four convolutions and an
 * LSTM over chunks of 32 ms. Each chunk is heard together with the last {@link
 * SileroBatch#CONTEXT_SAMPLES} samples before it; without them the network runs, and is visibly
 * worse.
 */
final class SileroDetector implements StreamingDetector {

  static final int CHUNK_SAMPLES = 512;

  private final String name;
  private final Model model;

  SileroDetector(String name, Model model) {
    this.name = name;
    this.model = model;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int chunkSamples() {
    return CHUNK_SAMPLES;
  }

  @Override
  public int delaySamples() {
    return 0;
  }

  @Override
  public ChunkBatch batch(int rowsMax) {
    return new SileroBatch(model, rowsMax);
  }

  @Override
  public void close() {
    model.close();
  }
}
