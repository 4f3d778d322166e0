package dev.parley.gpu.denoise;

import dev.parley.gpu.denoise.SpectrumNetwork.Cache;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;
import java.util.List;

/**
 * GTCRN (Rong et al., ICASSP 2024): grouped convolutions over bands and recurrences over time and
 * frequency, the smallest of the networks. Takes reverberation out, too.
 */
public final class GtcrnDenoiser implements Denoiser {

  private static final List<Cache> CACHES =
      List.of(
          new Cache("conv_cache", "conv_cache_out", 2, 1, 16, 16, 33),
          new Cache("tra_cache", "tra_cache_out", 2, 3, 1, 1, 16),
          new Cache("inter_cache", "inter_cache_out", 2, 1, 33, 16));

  private final Model model;

  private GtcrnDenoiser(Model model) {
    this.model = model;
  }

  /**
   * Takes the streaming network of the authors, as bytes of its ONNX file.
   *
   * @throws dev.parley.gpu.device.ModelFailedException when the runtime does not know it
   */
  public static GtcrnDenoiser load(ModelRuntime runtime, byte[] onnx) {
    return new GtcrnDenoiser(runtime.load("gtcrn", onnx));
  }

  @Override
  public String name() {
    return "gtcrn";
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
    return new HopStream(
        new SpectrumNetwork(model, SpectrumNetwork.Window.ROOT_OF_HANN, CACHES), limit);
  }

  @Override
  public void close() {
    model.close();
  }
}
