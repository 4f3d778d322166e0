package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.fft.RealFft;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * The two networks of DTLN: a mask over the magnitudes of a block of 512 samples, then a filter
 * over the 512 samples that came of it; blocks start every 128 samples and their answers are added
 * up.
 */
final class DtlnNetwork implements HopNetwork {

  private static final int BLOCK = 512;
  private static final int HOP = 128;
  private static final int BINS = BLOCK / 2 + 1;
  private static final long[] STATE = {1, 2, 128, 2};

  private final RealFft fft = RealFft.of(BLOCK);
  private final float[] recent = new float[BLOCK];
  private final float[] sum = new float[BLOCK];
  private final float[] work = new float[BLOCK];
  private final float[] real = new float[BINS];
  private final float[] imaginary = new float[BINS];
  private final float[] gains = new float[BINS];
  private final Binding first;
  private final Binding second;
  private final FloatBuffer magnitudes;
  private final FloatBuffer mask;
  private final FloatBuffer masked;
  private final FloatBuffer enhanced;
  private final NetworkState firstState;
  private final NetworkState secondState;

  DtlnNetwork(Model masking, Model filtering) {
    this.first =
        masking.bind(
            new Shapes()
                .in("input_2", 1, 1, BINS)
                .in("input_3", STATE)
                .out("activation_2", 1, 1, BINS)
                .out("tf_op_layer_stack_2", STATE));
    try {
      this.second =
          filtering.bind(
              new Shapes()
                  .in("input_4", 1, 1, BLOCK)
                  .in("input_5", STATE)
                  .out("conv1d_3", 1, 1, BLOCK)
                  .out("tf_op_layer_stack_5", STATE));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
    this.magnitudes = first.input("input_2");
    this.mask = first.output("activation_2");
    this.masked = second.input("input_4");
    this.enhanced = second.output("conv1d_3");
    this.firstState = new NetworkState(first, "input_3", "tf_op_layer_stack_2");
    this.secondState = new NetworkState(second, "input_5", "tf_op_layer_stack_5");
  }

  @Override
  public int hop() {
    return HOP;
  }

  @Override
  public int delay() {
    return BLOCK - HOP;
  }

  @Override
  public void step(float[] in, float[] out) {
    System.arraycopy(recent, HOP, recent, 0, BLOCK - HOP);
    System.arraycopy(in, 0, recent, BLOCK - HOP, HOP);
    fft.forward(recent, 0, real, imaginary);
    for (int i = 0; i < BINS; i++) {
      gains[i] = (float) Math.sqrt(real[i] * real[i] + imaginary[i] * imaginary[i]);
    }
    magnitudes.put(0, gains);
    first.run();
    mask.get(0, gains);
    for (int i = 0; i < BINS; i++) {
      real[i] *= gains[i];
      imaginary[i] *= gains[i];
    }
    fft.inverse(real, imaginary, work, 0);
    masked.put(0, work);
    second.run();
    enhanced.get(0, work);
    firstState.carry();
    secondState.carry();
    for (int i = 0; i < BLOCK; i++) {
      sum[i] += work[i];
    }
    System.arraycopy(sum, 0, out, 0, HOP);
    System.arraycopy(sum, HOP, sum, 0, BLOCK - HOP);
    Arrays.fill(sum, BLOCK - HOP, BLOCK, 0);
  }

  @Override
  public void reset() {
    Arrays.fill(recent, 0);
    Arrays.fill(sum, 0);
    firstState.reset();
    secondState.reset();
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
