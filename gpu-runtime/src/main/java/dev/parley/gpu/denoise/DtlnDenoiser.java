package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;

/**
 * DTLN (Westhausen and Meyer, Interspeech 2020): two recurrent networks one after the other, the
 * first over a spectrum, the second over a basis that it has learnt.
 */
public final class DtlnDenoiser implements Denoiser {

  private final Model masking;
  private final Model filtering;

  private DtlnDenoiser(Model masking, Model filtering) {
    this.masking = masking;
    this.filtering = filtering;
  }

  /**
   * Takes the two networks of the authors, as bytes of their ONNX files.
   *
   * @param masking the first one, over magnitudes
   * @param filtering the second one, over samples
   * @throws dev.parley.gpu.device.ModelFailedException when the runtime does not know one
   */
  public static DtlnDenoiser load(ModelRuntime runtime, byte[] masking, byte[] filtering) {
    Model first = runtime.load("dtln-1", masking);
    try {
      return new DtlnDenoiser(first, runtime.load("dtln-2", filtering));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "dtln";
  }

  @Override
  public int sampleRateHz() {
    return 16_000;
  }

  /** Three hops of 8 ms; with the one that is being heard, 32 ms. */
  @Override
  public int delaySamples() {
    return 384;
  }

  @Override
  public DenoiseStream open(float attenuationLimitDb) {
    AttenuationLimit limit = AttenuationLimit.of(attenuationLimitDb);
    return new HopStream(new DtlnNetwork(masking, filtering), limit);
  }

  @Override
  public void close() {
    try (masking) {
      filtering.close();
    }
  }
}
