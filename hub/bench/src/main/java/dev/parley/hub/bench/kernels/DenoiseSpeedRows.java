package dev.parley.hub.bench.kernels;

import dev.parley.gpu.denoise.DenoiseStream;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.hub.bench.kernels.Kit.Executor;
import dev.parley.hub.bench.kernels.Kit.Taker;
import dev.parley.hub.bench.kernels.Race.Contender;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.List;

/** How fast denoisers are on one core, front end included. */
final class DenoiseSpeedRows {

  private static final String SECTION = "denoise, speed of one core (3.5)";
  private static final double NONE = Double.NaN;

  private final Sheet sheet;
  private final Kit kit;
  private final Recordings recordings;
  private final Race.Pace pace;

  private DenoiseSpeedRows(Sheet sheet, KernelsOptions options, Kit kit, Recordings recordings) {
    this.sheet = sheet;
    this.kit = kit;
    this.recordings = recordings;
    this.pace = Race.Pace.of(options);
  }

  static void add(Sheet sheet, KernelsOptions options, Kit kit, Recordings recordings) {
    DenoiseSpeedRows rows = new DenoiseSpeedRows(sheet, options, kit, recordings);
    rows.alone("deepfilternet3, streams of 10 ms", Taker.DEEP_FILTER, 480, 20, 60);
    rows.alone("deepfilternet3, whole signals", Taker.DEEP_FILTER, 480_000, 70, 150);
    rows.beside("gtcrn", Taker.GTCRN, 60, 300);
    rows.beside("ul-unas", Taker.UL_UNAS, 60, 200);
    rows.beside("dtln", Taker.DTLN, NONE, NONE);
    rows.alone("denoise-builtin", Taker.BUILT_IN, 320, 400, 1500);
  }

  private void alone(String name, Taker taker, int part, double must, double stretch) {
    Goal goal = Goal.atLeast(SECTION, name, "x RT", must, stretch);
    sheet.attempt(
        List.of(goal),
        () -> {
          Denoiser denoiser = kit.denoiser(taker, Executor.OURS);
          float[] noisy = noisy(denoiser.sampleRateHz());
          List<List<Double>> laps = Race.run(pace, List.of(work(denoiser, noisy, part)));
          sheet.add(goal, speed(denoiser, noisy, laps.getFirst()), List.of());
        });
  }

  private void beside(String name, Taker taker, double must, double stretch) {
    Goal goal = Goal.atLeast(SECTION, name + ", streams of 20 ms", "x RT", must, stretch);
    sheet.attempt(
        List.of(goal),
        () -> {
          Denoiser ours = kit.denoiser(taker, Executor.OURS);
          Denoiser library = kit.denoiser(taker, Executor.LIBRARY);
          float[] noisy = noisy(ours.sampleRateHz());
          List<List<Double>> laps =
              Race.run(pace, List.of(work(ours, noisy, 320), work(library, noisy, 320)));
          sheet.add(
              goal,
              speed(ours, noisy, laps.get(0)),
              List.of(new Peer("ONNX Runtime", new Measured(speed(library, noisy, laps.get(1))))));
        });
  }

  private static Contender work(Denoiser denoiser, float[] noisy, int part) {
    DenoiseStream probe = denoiser.open(Denoiser.UNLIMITED);
    float[] out = new float[Math.max(probe.outputMax(part), probe.finishMax()) + part];
    probe.close();
    return Contender.of(() -> {
      try (DenoiseStream stream = denoiser.open(Denoiser.UNLIMITED)) {
        for (int at = 0; at < noisy.length; at += part) {
          stream.process(noisy, at, Math.min(part, noisy.length - at), out, 0);
        }
      }
    });
  }

  private static Figures speed(Denoiser denoiser, float[] noisy, List<Double> seconds) {
    double sound = (double) noisy.length / denoiser.sampleRateHz();
    return new Figures(seconds.stream().map(s -> sound / s).toList());
  }

  /** Ten seconds of noisy speech. */
  private float[] noisy(int rateHz) {
    return recordings.samples("denoise/fullband48k/noisy_snr0.wav", rateHz);
  }
}
