package dev.parley.gpu.denoise;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.fft.RealFft;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A network from one spectrum to the next: frames of 512 samples every 256, the first one half
 * before the signal, 257 bins as [1, 257, 1, 2] (real, imaginary) in {@code mix} and {@code enh}.
 */
final class SpectrumNetwork implements HopNetwork {

  private static final int FRAME = 512;
  private static final int HOP = FRAME / 2;
  private static final int BINS = FRAME / 2 + 1;

  /**
   * What is multiplied with a frame on both sides; the sum of its overlapping squares is undone.
   */
  enum Window {
    HANN {
      @Override
      double at(int i) {
        return 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
      }
    },
    ROOT_OF_HANN {
      @Override
      double at(int i) {
        return Math.sqrt(HANN.at(i));
      }
    };

    abstract double at(int i);
  }

  /** A state by the names of its input and output, with its dimensions. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Cache(String before, String after, long... dimensions) {}

  private final RealFft fft = RealFft.of(FRAME);
  private final float[] analysis = new float[FRAME];
  private final float[] synthesis = new float[FRAME];
  private final float[] recent = new float[FRAME];
  private final float[] frame = new float[FRAME];
  private final float[] tail = new float[HOP];
  private final float[] real = new float[BINS];
  private final float[] imaginary = new float[BINS];
  private final float[] pairs = new float[2 * BINS];
  private final Binding binding;
  private final FloatBuffer mix;
  private final FloatBuffer enhanced;
  private final List<NetworkState> states;

  SpectrumNetwork(Model model, Window window, List<Cache> caches) {
    for (int i = 0; i < FRAME; i++) {
      double here = window.at(i);
      double there = window.at((i + HOP) % FRAME);
      analysis[i] = (float) here;
      synthesis[i] = (float) (here / (here * here + there * there));
    }
    Shapes shapes = new Shapes().in("mix", 1, BINS, 1, 2).out("enh", 1, BINS, 1, 2);
    for (Cache cache : caches) {
      shapes.in(cache.before(), cache.dimensions()).out(cache.after(), cache.dimensions());
    }
    this.binding = model.bind(shapes);
    this.mix = binding.input("mix");
    this.enhanced = binding.output("enh");
    this.states =
        caches.stream()
            .map(cache -> new NetworkState(binding, cache.before(), cache.after()))
            .toList();
  }

  @Override
  public int hop() {
    return HOP;
  }

  @Override
  public int delay() {
    return FRAME - HOP;
  }

  @Override
  public void step(float[] in, float[] out) {
    System.arraycopy(recent, HOP, recent, 0, HOP);
    System.arraycopy(in, 0, recent, HOP, HOP);
    for (int i = 0; i < FRAME; i++) {
      frame[i] = recent[i] * analysis[i];
    }
    fft.forward(frame, 0, real, imaginary);
    for (int i = 0; i < BINS; i++) {
      pairs[2 * i] = real[i];
      pairs[2 * i + 1] = imaginary[i];
    }
    mix.put(0, pairs);
    binding.run();
    enhanced.get(0, pairs);
    for (int i = 0; i < BINS; i++) {
      real[i] = pairs[2 * i];
      imaginary[i] = pairs[2 * i + 1];
    }
    for (NetworkState state : states) {
      state.carry();
    }
    fft.inverse(real, imaginary, frame, 0);
    for (int i = 0; i < HOP; i++) {
      out[i] = tail[i] + frame[i] * synthesis[i];
      tail[i] = frame[HOP + i] * synthesis[HOP + i];
    }
  }

  @Override
  public void reset() {
    Arrays.fill(recent, 0);
    Arrays.fill(tail, 0);
    states.forEach(NetworkState::reset);
  }

  @Override
  public void close() {
    binding.close();
  }
}
