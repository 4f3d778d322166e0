package dev.parley.gpu.resample;

import dev.parley.gpu.simd.Simd;
import java.util.Arrays;

/** Whole signals through a stream. */
final class Streams {

  private Streams() {}

  /** In 32-bit floats for the first two profiles, in doubles throughout for VHQ. */
  static double[] through(int inRate, int outRate, Profile profile, double[] in) {
    if (profile == Profile.VHQ) {
      return throughDoubles(Plan.of(inRate, outRate, profile), in);
    }
    float[] floats = new float[in.length];
    for (int i = 0; i < in.length; i++) {
      floats[i] = (float) in[i];
    }
    float[] out = through(Resampler.of(inRate, outRate, profile), floats);
    double[] wide = new double[out.length];
    for (int i = 0; i < out.length; i++) {
      wide[i] = out[i];
    }
    return wide;
  }

  static float[] through(Resampler resampler, float[] in) {
    float[] out = new float[resampler.outputMax(in.length)];
    int written = resampler.process(in, 0, in.length, out, 0);
    out = Arrays.copyOf(out, written + resampler.finishMax());
    resampler.finish(out, written);
    return out;
  }

  private static double[] throughDoubles(Plan plan, double[] in) {
    DoubleChain chain = new DoubleChain(plan, Simd.doubleFilter());
    double[] out = new double[Math.toIntExact(plan.total(in.length))];
    int written = 0;
    for (int done = 0; written < out.length; done += chain.chunk()) {
      int from = Math.min(done, in.length);
      int to = Math.min(done + chain.chunk(), in.length);
      double[] part = Arrays.copyOfRange(in, from, to);
      int count = chain.process(Arrays.copyOf(part, chain.chunk()), 0, chain.chunk());
      count = Math.min(count, out.length - written);
      System.arraycopy(chain.results(), 0, out, written, count);
      written += count;
    }
    return out;
  }
}
