package dev.parley.gpu.vad;

/** A detector that decides while the signal goes on, from what was heard so far. */
public interface StreamingDetector extends SpeechDetector {

  /** How far behind the end of a chunk its probability is known, in samples. */
  int delaySamples();

  /** A new signal, heard on its own. */
  default DetectorStream open() {
    return new ChunkStream(chunkSamples(), batch(1));
  }

  /** Signals that are advanced together, at most {@code rowsMax} in one run. */
  ChunkBatch batch(int rowsMax);

  @Override
  default float[] probabilities(float[] samples) {
    float[] found = new float[chunks(samples.length)];
    try (DetectorStream stream = open()) {
      int written = stream.process(samples, 0, samples.length, found, 0);
      stream.finish(found, written);
    }
    return found;
  }
}
