package dev.parley.gpu.denoise;

import dev.parley.gpu.denoise.SpectrumNetwork.Cache;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;
import java.util.List;

/**
 * UL-UNAS (Rong et al., 2025): a network whose structure was searched for, at the cost of GTCRN;
 * attention over time and frequency after every convolution.
 */
public final class UlUnasDenoiser implements Denoiser {

  private static final List<Cache> CACHES =
      List.of(
          new Cache("conv_cache", "conv_cache_out", 1, 5358),
          new Cache("tfa_cache", "tfa_cache_out", 1, 402),
          new Cache("inter_cache", "inter_cache_out", 1, 1056));

  private final Model model;

  private UlUnasDenoiser(Model model) {
    this.model = model;
  }

  /**
   * Takes the streaming network of the authors, as bytes of its ONNX file.
   *
   * @throws dev.parley.gpu.device.ModelFailedException when the runtime does not know it
   */
  public static UlUnasDenoiser load(ModelRuntime runtime, byte[] onnx) {
    return new UlUnasDenoiser(runtime.load("ul-unas", onnx));
  }

  @Override
  public String name() {
    return "ul-unas";
  }

  @Override
  public int sampleRateHz() {
    return 16_000;
  }

  /** One hop of 16 ms; a frame is heard for 32 ms before its first half is given. */
  @Override
  public int delaySamples() {
    return 256;
  }

  @Override
  public DenoiseStream open(float attenuationLimitDb) {
    AttenuationLimit limit = AttenuationLimit.of(attenuationLimitDb);
    return new HopStream(new SpectrumNetwork(model, SpectrumNetwork.Window.HANN, CACHES), limit);
  }

  @Override
  public void close() {
    model.close();
  }
}
