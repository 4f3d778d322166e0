package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.ModelRuntime;

/**
 * DeepFilterNet3 (Schröter et al., 2023) at 48 kHz: gains for ERB bands over the whole spectrum and
 * a five-tap complex filter per bin below 4.8 kHz. One network run serves as many frames as the
 * caller delivers at once, up to half a second, with the state carried from run to run: every split
 * of a signal gives the same output but for rounding (more than 90 dB below it). The published host
 * switches stages by the network's guess of the noise level, which tears gaps into speech; here
 * every frame takes the whole path. It also takes quiet speech for noise, and is shown quiet
 * signals louder than they are; and what it lowers, it lowers by 36 dB at most.
 */
public final class DeepFilterNet3 implements Denoiser {

  /** The rate it works at, in Hz. */
  public static final int SAMPLE_RATE_HZ = 48_000;

  /**
   * Most that anything is lowered by, in dB. The network lowers what it takes for noise to digital
   * silence, and now and then a soft word with it; at this limit noise is out of hearing, and
   * nothing that was speech is a hole.
   */
  static final float ATTENUATION_MAX_DB = 36;

  private final Model model;

  private DeepFilterNet3(Model model) {
    this.model = model;
  }

  /**
   * Joins the three published files, as their bytes, into one network with state and loads it.
   *
   * @param enc {@code enc.onnx}
   * @param erbDec {@code erb_dec.onnx}
   * @param dfDec {@code df_dec.onnx}
   * @throws dev.parley.gpu.device.ModelFailedException when they are not what was published
   */
  public static DeepFilterNet3 load(ModelRuntime runtime, byte[] enc, byte[] erbDec, byte[] dfDec) {
    return new DeepFilterNet3(
        runtime.load("deepfilternet3", DeepFilterGraph.join(enc, erbDec, dfDec)));
  }

  @Override
  public String name() {
    return "deepfilternet3";
  }

  @Override
  public int sampleRateHz() {
    return SAMPLE_RATE_HZ;
  }

  @Override
  public int delaySamples() {
    return DeepFilterKernel.DELAY;
  }

  @Override
  public DenoiseStream open(float attenuationLimitDb) {
    AttenuationLimit limit = AttenuationLimit.of(Math.min(attenuationLimitDb, ATTENUATION_MAX_DB));
    return new BlockStream(new DeepFilterKernel(model, InputLevel.nominal()), limit);
  }

  /** The same without level control and without a limit, as the published host does it. */
  Denoiser asPublished() {
    return new Denoiser() {
      @Override
      public String name() {
        return DeepFilterNet3.this.name();
      }

      @Override
      public int sampleRateHz() {
        return SAMPLE_RATE_HZ;
      }

      @Override
      public int delaySamples() {
        return DeepFilterKernel.DELAY;
      }

      @Override
      public DenoiseStream open(float attenuationLimitDb) {
        return new BlockStream(
            new DeepFilterKernel(model, InputLevel.asItIs()),
            AttenuationLimit.of(attenuationLimitDb));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    model.close();
  }
}
