package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.fft.RealFft;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One signal through DeepFilterNet3. A frame is 960 samples every 480; the features of frame t + 2
 * belong to output frame t, so the answer trails by two hops of lookahead and one of overlap. Hops
 * that arrive together share a network run.
 */
final class DeepFilterKernel implements BlockStream.Kernel {

  private static final int FFT = DeepFilterFeatures.FFT;
  private static final int HOP = DeepFilterFeatures.HOP;
  private static final int BINS = DeepFilterFeatures.BINS;
  private static final int BANDS = DeepFilterFeatures.BANDS;
  private static final int FILTERED = DeepFilterFeatures.FILTERED;
  private static final int TAPS = DeepFilterFeatures.TAPS;
  private static final int PAST = DeepFilterGraph.FEATURE_PAST;

  /** Frames that an output frame waits for. */
  private static final int LOOKAHEAD = 2;

  static final int DELAY = (LOOKAHEAD + 1) * HOP;

  /** Frames of one network run, largest first; any number of hops is a sum of these. */
  private static final int[] BLOCKS = {50, 10, 5, 2, 1};

  private static final float[] WINDOW = window();

  private final Model model;
  private final InputLevel level;
  private final @Nullable Binding[] bindings = new Binding[BLOCKS.length];
  private final RealFft fft = RealFft.of(FFT);
  private final DeepFilterFeatures features = new DeepFilterFeatures();

  // Feature frames of the block, after those that the network looks back on.
  private final float[][] bands = new float[PAST + BLOCKS[0]][BANDS];
  private final float[][] spectra = new float[PAST + BLOCKS[0]][2 * FILTERED];

  // Spectra of the block, after the frames that the filter still needs.
  private final float[][] re = new float[TAPS - 1 + BLOCKS[0]][BINS];
  private final float[][] im = new float[TAPS - 1 + BLOCKS[0]][BINS];

  private final float[] c0 =
      new float[DeepFilterGraph.C0_CHANNELS * DeepFilterGraph.C0_PAST * FILTERED];
  private final float[][] states = new float[DeepFilterGraph.LAYERS][DeepFilterGraph.STATE];
  private final float[] gains = new float[BANDS];
  private final float[] taps = new float[FILTERED * 2 * TAPS];
  private final float[] frame = new float[FFT];
  private final float[] scaledRe = new float[BINS];
  private final float[] scaledIm = new float[BINS];
  private final float[] outRe = new float[BINS];
  private final float[] outIm = new float[BINS];
  private final float[] before = new float[HOP];
  private final float[] overlap = new float[HOP];
  private int early = LOOKAHEAD;

  DeepFilterKernel(Model model, InputLevel level) {
    this.model = model;
    this.level = level;
  }

  @Override
  public int hop() {
    return HOP;
  }

  @Override
  public int delay() {
    return DELAY;
  }

  @Override
  public int hopsMax() {
    return BLOCKS[0];
  }

  @Override
  public void process(float[] in, int offset, int hops, float[] out) {
    int done = 0;
    for (; done < hops && early > 0; done++, early--) {
      // The network never sees the features of the first two frames, not even as its past.
      analyse(in, offset + done * HOP, TAPS - 1, PAST);
      keepSpectra(1);
      Arrays.fill(out, done * HOP, (done + 1) * HOP, 0);
    }
    for (int block = 0; block < BLOCKS.length; block++) {
      for (; hops - done >= BLOCKS[block]; done += BLOCKS[block]) {
        block(block, in, offset + done * HOP, out, done * HOP);
      }
    }
  }

  private void block(int block, float[] in, int offset, float[] out, int outOffset) {
    int frames = BLOCKS[block];
    for (int i = 0; i < frames; i++) {
      analyse(in, offset + i * HOP, TAPS - 1 + i, PAST + i);
    }
    Binding binding = binding(block);
    ask(binding, frames);
    binding.run();
    FloatBuffer masks = binding.output("m");
    FloatBuffer filters = binding.output("coefs");
    for (int i = 0; i < frames; i++) {
      masks.get(i * BANDS, gains);
      filters.get(i * taps.length, taps);
      enhance(i);
      synthesise(out, outOffset + i * HOP);
    }
    keepState(binding);
    keepFeatures(frames);
    keepSpectra(frames);
  }

  private Binding binding(int block) {
    Binding binding = bindings[block];
    if (binding == null) {
      binding = model.bind(DeepFilterGraph.shapes(BLOCKS[block]));
      bindings[block] = binding;
    }
    return binding;
  }

  private void analyse(float[] in, int offset, int spectrum, int row) {
    for (int i = 0; i < HOP; i++) {
      frame[i] = before[i] * WINDOW[i];
      frame[HOP + i] = in[offset + i] * WINDOW[HOP + i];
    }
    System.arraycopy(in, offset, before, 0, HOP);
    float[] real = re[spectrum];
    float[] imaginary = im[spectrum];
    fft.forward(frame, 0, real, imaginary);
    float scale = level.next(in, offset, HOP) / FFT;
    for (int k = 0; k < BINS; k++) {
      scaledRe[k] = real[k] * scale;
      scaledIm[k] = imaginary[k] * scale;
    }
    features.next(scaledRe, scaledIm, bands[row], spectra[row]);
  }

  private void ask(Binding binding, int frames) {
    FloatBuffer erb = binding.input("feat_erb");
    FloatBuffer spec = binding.input("feat_spec");
    int rows = frames + PAST;
    for (int row = 0; row < rows; row++) {
      erb.put(row * BANDS, bands[row]);
      spec.put(row * FILTERED, spectra[row], 0, FILTERED);
      spec.put((rows + row) * FILTERED, spectra[row], FILTERED, FILTERED);
    }
    binding.input("c0_past").put(0, c0);
    for (int layer = 0; layer < states.length; layer++) {
      binding.input("h" + layer).put(0, states[layer]);
    }
  }

  /** Output frame i of the block: its own spectrum lies in the middle of the filter's taps. */
  private void enhance(int i) {
    float[] noisyRe = re[i + LOOKAHEAD];
    float[] noisyIm = im[i + LOOKAHEAD];
    for (int k = 0; k < FILTERED; k++) {
      float real = 0;
      float imaginary = 0;
      for (int tap = 0; tap < TAPS; tap++) {
        float a = taps[2 * (k * TAPS + tap)];
        float b = taps[2 * (k * TAPS + tap) + 1];
        float x = re[i + tap][k];
        float y = im[i + tap][k];
        real += a * x - b * y;
        imaginary += a * y + b * x;
      }
      outRe[k] = real;
      outIm[k] = imaginary;
    }
    outIm[0] = 0;
    int bin = 0;
    for (int band = 0; band < BANDS; band++) {
      float gain = gains[band];
      for (int end = bin + DeepFilterFeatures.WIDTHS[band]; bin < end; bin++) {
        if (bin >= FILTERED) {
          outRe[bin] = gain * noisyRe[bin];
          outIm[bin] = gain * noisyIm[bin];
        }
      }
    }
  }

  private void synthesise(float[] out, int offset) {
    fft.inverse(outRe, outIm, frame, 0);
    for (int i = 0; i < HOP; i++) {
      out[offset + i] = overlap[i] + frame[i] * WINDOW[i];
      overlap[i] = frame[HOP + i] * WINDOW[HOP + i];
    }
  }

  private void keepState(Binding binding) {
    binding.output("c0_next").get(0, c0);
    for (int layer = 0; layer < states.length; layer++) {
      binding.output("h" + layer + "_next").get(0, states[layer]);
    }
  }

  private void keepFeatures(int frames) {
    rotate(bands, frames, PAST);
    rotate(spectra, frames, PAST);
  }

  private void keepSpectra(int frames) {
    rotate(re, frames, TAPS - 1);
    rotate(im, frames, TAPS - 1);
  }

  /** Moves {@code kept} rows from {@code from} to the front, without copying their values. */
  private static void rotate(float[][] rows, int from, int kept) {
    for (int i = 0; i < kept; i++) {
      float[] row = rows[i];
      rows[i] = rows[from + i];
      rows[from + i] = row;
    }
  }

  @Override
  public void reset() {
    for (float[][] rows : new float[][][] {bands, spectra, re, im, states}) {
      for (float[] row : rows) {
        Arrays.fill(row, 0);
      }
    }
    Arrays.fill(c0, 0);
    Arrays.fill(before, 0);
    Arrays.fill(overlap, 0);
  }

  @Override
  public void close() {
    for (Binding binding : bindings) {
      if (binding != null) {
        binding.close();
      }
    }
  }

  /** The power-complementary window of Vorbis, on both ways. */
  private static float[] window() {
    float[] window = new float[FFT];
    for (int i = 0; i < FFT; i++) {
      double sine = Math.sin(Math.PI * (i + 0.5) / FFT);
      window[i] = (float) Math.sin(Math.PI / 2 * sine * sine);
    }
    return window;
  }
}
