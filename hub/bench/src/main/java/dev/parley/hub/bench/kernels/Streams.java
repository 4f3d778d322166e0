package dev.parley.hub.bench.kernels;

import dev.parley.gpu.denoise.DenoiseStream;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.resample.Resampler;
import java.util.Arrays;

/** Whole signals through streams. */
final class Streams {

  private Streams() {}

  /** At another rate, aligned, as long as it then must be. */
  static float[] resampled(float[] in, int inRate, int outRate, Profile profile) {
    if (inRate == outRate) {
      return in;
    }
    Resampler resampler = Resampler.of(inRate, outRate, profile);
    float[] out = new float[resampler.outputMax(in.length)];
    int written = resampler.process(in, 0, in.length, out, 0);
    out = Arrays.copyOf(out, written + resampler.finishMax());
    resampler.finish(out, written);
    return out;
  }

  /** Denoised at the denoiser's own rate, in parts of so many samples. */
  static float[] denoised(Denoiser denoiser, float[] in, int part) {
    try (DenoiseStream stream = denoiser.open(Denoiser.UNLIMITED)) {
      float[] out = new float[in.length];
      int written = 0;
      for (int at = 0; at < in.length; at += part) {
        int length = Math.min(part, in.length - at);
        float[] ready = new float[stream.outputMax(length)];
        int count = stream.process(in, at, length, ready, 0);
        System.arraycopy(ready, 0, out, written, count);
        written += count;
      }
      float[] rest = new float[stream.finishMax()];
      int count = stream.finish(rest, 0);
      System.arraycopy(rest, 0, out, written, count);
      return out;
    }
  }

  /** Denoised at 16 kHz, by way of the denoiser's rate. */
  static float[] denoised16(Denoiser denoiser, float[] in) {
    int rate = denoiser.sampleRateHz();
    float[] there = resampled(in, 16_000, rate, Profile.VHQ);
    float[] found = denoised(denoiser, there, rate / 50);
    return Arrays.copyOf(resampled(found, rate, 16_000, Profile.VHQ), in.length);
  }
}
