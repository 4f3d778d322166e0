package dev.parley.hub.bench.kernels;

import dev.parley.gpu.device.Binding;
import dev.parley.gpu.device.Model;
import dev.parley.gpu.device.Shapes;

/**
 * DNSMOS P.835 (Reddy et al., 2022): what a network of Microsoft guesses that listeners would say
 * of the sound as a whole, 1 to 5. Shorter sound is repeated, longer is scored in windows one
 * second apart.
 */
final class Dnsmos implements AutoCloseable {

  private static final int WINDOW = 144_160;
  private static final int RATE_HZ = 16_000;

  private final Model model;
  private final Binding binding;

  Dnsmos(Model model) {
    this.model = model;
    this.binding = model.bind(new Shapes().in("input_1", 1, WINDOW).out("Identity:0", 1, 3));
  }

  /** Of sound at 16 kHz. */
  double overall(float[] samples) {
    int length = samples.length;
    while (length < WINDOW) {
      length += samples.length;
    }
    int windows = (int) Math.floor(length / (double) RATE_HZ - WINDOW / (double) RATE_HZ) + 1;
    double sum = 0;
    for (int window = 0; window < windows; window++) {
      for (int i = 0; i < WINDOW; i++) {
        int at = window * RATE_HZ + i;
        binding.input("input_1").put(i, samples[at % samples.length]);
      }
      binding.run();
      double raw = binding.output("Identity:0").get(2);
      sum += -0.06766283 * raw * raw + 1.11546468 * raw + 0.04602535;
    }
    return sum / windows;
  }

  @Override
  public void close() {
    try (model) {
      binding.close();
    }
  }
}
