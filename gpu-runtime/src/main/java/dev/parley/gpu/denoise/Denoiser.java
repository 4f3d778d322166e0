package dev.parley.gpu.denoise;

/**
 * A way to take noise out of one channel of sound at one rate. Thread-safe; each signal has its own
 * {@link DenoiseStream}.
 */
public interface Denoiser extends AutoCloseable {

  /** No limit to what noise is lowered by. */
  float UNLIMITED = Float.POSITIVE_INFINITY;

  /** The name that callers choose it by. */
  String name();

  /** The rate that it works at, in Hz. */
  int sampleRateHz();

  /** How far its answer trails what it has heard, in samples. */
  int delaySamples();

  /**
   * A new signal.
   *
   * @param attenuationLimitDb most that noise is lowered by, in dB, 0 or more; {@link #UNLIMITED}
   */
  DenoiseStream open(float attenuationLimitDb);

  @Override
  void close();
}
