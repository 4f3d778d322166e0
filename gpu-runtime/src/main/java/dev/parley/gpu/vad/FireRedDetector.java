package dev.parley.gpu.vad;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;
import dev.parley.gpu.features.KaldiFilterBank;

/**
 * The network of FireRedVAD that looks ahead, for whole signals. Long ones are heard in windows
 * that overlap by more than the network's reach to each side, which gives the same answer in
 * bounded memory.
 */
final class FireRedDetector implements SpeechDetector {

  private static final int BANDS = KaldiFilterBank.BANDS;

  /** Frames of a window: 40 s. */
  private static final int WINDOW = 4000;

  /** What eight blocks of 20 frames to each side, and a little more, can see. */
  private static final int REACH = 200;

  private final String name;
  private final Model model;
  private final Normalization normalization;
  private final int window;

  FireRedDetector(String name, Model model, Normalization normalization) {
    this(name, model, normalization, WINDOW);
  }

  FireRedDetector(String name, Model model, Normalization normalization, int window) {
    this.name = name;
    this.normalization = normalization;
    this.model = model;
    this.window = window;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int chunkSamples() {
    return KaldiFilterBank.HOP_SAMPLES;
  }

  @Override
  public float[] probabilities(float[] samples) {
    float[] found = new float[chunks(samples.length)];
    int frames = KaldiFilterBank.frames(samples.length);
    KaldiFilterBank bank = new KaldiFilterBank();
    for (int done = 0; done < frames; ) {
      // The last window ends where the signal does; zeros behind it would be heard.
      int first = Math.max(0, Math.min(done - REACH, frames - window));
      int length = Math.min(window, frames - first);
      int end = first + length == frames ? frames : first + length - REACH;
      try (Binding binding = bind(length)) {
        float[] features = new float[length * BANDS];
        for (int i = 0; i < length; i++) {
          bank.frame(samples, (first + i) * KaldiFilterBank.HOP_SAMPLES, features, i * BANDS);
          normalization.apply(features, i * BANDS);
        }
        binding.input("feat").put(0, features);
        binding.run();
        binding.output("probs").get(done - first, found, done, end - done);
      }
      done = end;
    }
    // The last frames would hang over the end.
    for (int i = Math.max(frames, 1); i < found.length; i++) {
      found[i] = found[i - 1];
    }
    return found;
  }

  private Binding bind(int frames) {
    return model.bind(new Shapes().in("feat", 1, frames, BANDS).out("probs", 1, frames, 1));
  }

  @Override
  public void close() {
    model.close();
  }
}
