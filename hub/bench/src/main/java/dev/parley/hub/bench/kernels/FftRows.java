package dev.parley.hub.bench.kernels;

import dev.parley.gpu.fft.RealFft;
import dev.parley.gpu.fft.RealFftDouble;
import dev.parley.hub.bench.kernels.Race.Contender;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.List;
import java.util.Random;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;

/** The real transform beside JTransforms: how long it takes and how far it is off. */
final class FftRows {

  private static final String SECTION = "FFT of real samples, 32-bit floats (1.5)";

  /** A size and the microseconds that it may take. */
  private record Size(int samples, double must, double stretch) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(512, 0.9, 0.5),
          new Size(960, 2.2, 1.1),
          new Size(1024, 2.0, 1.1),
          new Size(4096, 9, 5));

  private FftRows() {}

  static void add(Sheet sheet, KernelsOptions options) {
    for (Size size : SIZES) {
      speed(sheet, size, Race.Pace.of(options));
    }
    double worst = 0;
    double worstDouble = 0;
    for (Size size : SIZES) {
      double[] errors = errors(size.samples());
      worst = Math.max(worst, errors[0]);
      worstDouble = Math.max(worstDouble, errors[1]);
    }
    sheet.add(
        Goal.atMost(SECTION, "error beside a transform in doubles", "relative", 3e-7, Double.NaN),
        worst);
    sheet.add(
        Goal.atMost(SECTION, "error of our transform in doubles", "relative", 1e-15, Double.NaN),
        worstDouble);
  }

  private static void speed(Sheet sheet, Size size, Race.Pace pace) {
    int n = size.samples();
    float[] signal = noise(n);
    RealFft ours = RealFft.of(n);
    float[] real = new float[ours.bins()];
    float[] imaginary = new float[ours.bins()];
    FloatFFT_1D theirs = new FloatFFT_1D(n);
    float[] work = new float[n];
    List<List<Double>> laps =
        Race.run(
            pace,
            List.of(
                Contender.of(() -> ours.forward(signal, 0, real, imaginary)),
                Contender.of(() -> {
                  // It works in place: without a fresh signal values would grow beyond bounds.
                  System.arraycopy(signal, 0, work, 0, n);
                  theirs.realForward(work);
                })));
    Figures micros = micros(laps.get(0));
    Figures theirMicros = micros(laps.get(1));
    sheet.add(
        Goal.atMost(SECTION, n + " samples", "us", size.must(), size.stretch()),
        micros,
        List.of(new Peer("JTransforms", new Measured(theirMicros))));
    sheet.add(
        Goal.atLeast(SECTION, n + " samples, JTransforms / ours", "times", 1.8, Double.NaN),
        theirMicros.median() / micros.median());
  }

  private static Figures micros(List<Double> seconds) {
    return new Figures(seconds.stream().map(s -> s * 1e6).toList());
  }

  /** Relative root mean squares of the errors in floats and in doubles. */
  private static double[] errors(int n) {
    float[] signal = noise(n);
    double[] exact = new double[n];
    for (int i = 0; i < n; i++) {
      exact[i] = signal[i];
    }
    double[] wide = exact.clone();
    new DoubleFFT_1D(n).realForward(exact);
    RealFft fft = RealFft.of(n);
    float[] real = new float[fft.bins()];
    float[] imaginary = new float[fft.bins()];
    fft.forward(signal, 0, real, imaginary);
    double[] wideReal = new double[fft.bins()];
    double[] wideImaginary = new double[fft.bins()];
    RealFftDouble.of(n).forward(wide, 0, wideReal, wideImaginary);
    double error = 0;
    double wideError = 0;
    double total = 0;
    for (int k = 0; k < fft.bins(); k++) {
      double re = k == n / 2 ? exact[1] : exact[2 * k];
      double im = k == 0 || k == n / 2 ? 0 : exact[2 * k + 1];
      error += square(real[k] - re) + square(imaginary[k] - im);
      wideError += square(wideReal[k] - re) + square(wideImaginary[k] - im);
      total += square(re) + square(im);
    }
    return new double[] {Math.sqrt(error / total), Math.sqrt(wideError / total)};
  }

  private static double square(double value) {
    return value * value;
  }

  private static float[] noise(int length) {
    Random random = new Random(length);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = random.nextFloat() * 2 - 1;
    }
    return noise;
  }
}
