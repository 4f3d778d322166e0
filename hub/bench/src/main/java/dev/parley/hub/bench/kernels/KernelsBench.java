package dev.parley.hub.bench.kernels;

import dev.parley.core.time.Clock;
import dev.parley.gpu.simd.Simd;
import dev.parley.hub.bench.sheet.Sheet;
import dev.parley.hub.bench.sheet.Table;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures the kernels against the goals that they were written for: what they do to sound, and how
 * much processor time they take, beside others that do the same where those are installed.
 */
public final class KernelsBench {

  private KernelsBench() {}

  /** Measures and tells; whether the goals are met changes nothing in the end. */
  public static void run(KernelsOptions options, Clock clock, PrintStream out) {
    long now = clock.epochMillis();
    List<String> facts = facts(options, now);
    facts.forEach(out::println);
    Path file = options.out().orElse(Path.of("data", "bench", "kernels-" + now / 1000 + ".csv"));
    try (Sheet sheet = Sheet.create(file, facts, out);
        Python python = Python.start(options.python());
        Kit kit = new Kit(options.models())) {
      Recordings recordings = new Recordings(options.audio());
      for (Topic topic : Topic.values()) {
        if (options.topics().contains(topic)) {
          out.println(topic.label());
          rows(topic, sheet, options, kit, recordings, python);
        }
      }
      out.println();
      Table.lines(sheet.rows()).forEach(out::println);
      out.println();
      Table.summary(sheet.rows()).forEach(out::println);
      out.println("\nload average at the end: " + load() + "\nraw rows: " + file);
    }
  }

  private static void rows(
      Topic topic,
      Sheet sheet,
      KernelsOptions options,
      Kit kit,
      Recordings recordings,
      Python python) {
    switch (topic) {
      case FFT -> FftRows.add(sheet, options);
      case RESAMPLE -> {
        ResamplingRows.add(sheet, options);
        ResamplingSpeedRows.add(sheet, options, python);
      }
      case VAD -> {
        VadRows.add(sheet, kit, recordings);
        VadSpeedRows.add(sheet, options, kit, recordings);
      }
      case DENOISE -> {
        DenoiseRows.add(sheet, options, kit, recordings, python);
        DenoiseSpeedRows.add(sheet, options, kit, recordings);
      }
      case LIVE -> LiveRows.add(sheet, options, kit, recordings);
      case CODEC -> CodecRows.add(sheet, options, recordings);
    }
  }

  private static List<String> facts(KernelsOptions options, long epochMillis) {
    return List.of(
        "epoch_ms: " + epochMillis,
        "cores: " + Runtime.getRuntime().availableProcessors() + ", load average: " + load(),
        "kernel: " + System.getProperty("os.name") + " " + System.getProperty("os.version"),
        "jdk: " + Runtime.version() + " " + System.getProperty("java.vm.vendor"),
        "vectors: " + (Simd.vectors() ? "in use" : "not in use, plain Java"),
        "figures: medians of "
            + options.rounds()
            + " rounds in processor time of one thread, lowest and highest in brackets"
            + (options.quick() ? "; quick: hardly warm, not for comparison" : ""));
  }

  private static String load() {
    return String.format(
        Locale.ROOT, "%.2f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
