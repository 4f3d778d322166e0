package dev.parley.gpu.vad;

/**
 * A way to tell speech from everything else in one channel at {@link #RATE_HZ}. Thread-safe.
 * Closing it closes the networks it loaded; its streams must be closed before.
 */
public interface SpeechDetector extends AutoCloseable {

  /** The rate of all sound that detectors hear. */
  int RATE_HZ = 16_000;

  /** The name that callers choose it by. */
  String name();

  /** Samples that each probability stands for. */
  int chunkSamples();

  /**
   * How probable speech is in each chunk of a whole signal, 0 to 1. Takes time in proportion to the
   * length: not for an event loop.
   *
   * @param samples full scale 1
   * @return one value for each chunk, the last, shorter one included
   * @throws dev.parley.gpu.device.ModelFailedException when the device fails
   */
  float[] probabilities(float[] samples);

  /** How many chunks {@code samples} samples make, the last, shorter one included. */
  default int chunks(int samples) {
    return Math.ceilDiv(samples, chunkSamples());
  }

  @Override
  void close();
}
