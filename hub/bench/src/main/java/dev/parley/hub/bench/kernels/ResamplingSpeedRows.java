package dev.parley.hub.bench.kernels;

import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.resample.Resampler;
import dev.parley.hub.bench.kernels.Race.Contender;
import dev.parley.hub.bench.kernels.RateChange.Pair;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Row.Measured;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How fast the resampler is beside soxr and FFmpeg's, each with 30 s of noise. */
final class ResamplingSpeedRows {

  private static final String SECTION = "resampling, speed of one core, HQ (1.5)";
  private static final int SECONDS = 30;
  private static final int BLOCK = 4096;

  /** Rates, and how much faster than the sound it must be. */
  private record Speed(Pair pair, double must, double stretch) {}

  private static final List<Speed> SPEEDS =
      List.of(
          new Speed(new Pair(48_000, 16_000), 2000, 8700),
          new Speed(new Pair(24_000, 16_000), 2500, 9700),
          new Speed(new Pair(44_100, 16_000), 1200, 7400),
          new Speed(new Pair(44_100, 48_000), 1000, 4000));

  private ResamplingSpeedRows() {}

  static void add(Sheet sheet, KernelsOptions options, Python python) {
    for (Speed speed : SPEEDS) {
      Goal whole =
          Goal.atLeast(
              SECTION, speed.pair() + ", 4096 a block", "x RT", speed.must(), speed.stretch());
      race(sheet, whole, speed.pair(), BLOCK, Race.Pace.of(options), python);
      Goal live = Goal.told(SECTION, speed.pair() + ", 20 ms a block", "x RT");
      int block = speed.pair().inRate() / 50;
      race(sheet, live, speed.pair(), block, Race.Pace.of(options), python);
    }
  }

  private static void race(
      Sheet sheet, Goal goal, Pair pair, int block, Race.Pace pace, Python python) {
    float[] noise = noise(pair.inRate() * SECONDS);
    Resampler ours = Resampler.of(pair.inRate(), pair.outRate(), Profile.HQ);
    float[] out = new float[ours.outputMax(block)];
    try (Swr swr = new Swr(pair.inRate(), pair.outRate(), noise)) {
      List<Contender> contenders = new ArrayList<>();
      contenders.add(Contender.of(() -> through(ours, noise, block, out)));
      contenders.add(Contender.of(() -> swr.run(block)));
      if (python.has("soxr")) {
        contenders.add(soxr(python, pair, block));
      }
      List<List<Double>> laps = Race.run(pace, contenders);
      List<Peer> peers = new ArrayList<>();
      peers.add(
          laps.size() > 2
              ? new Peer("soxr", new Measured(speed(laps.get(2))))
              : Peer.notInstalled("soxr"));
      peers.add(new Peer("swr", new Measured(speed(laps.get(1)))));
      sheet.add(goal, speed(laps.get(0)), peers);
    }
  }

  /** It keeps its own time, in its own process. */
  private static Contender soxr(Python python, Pair pair, int block) {
    return new Contender() {
      @Override
      public void warm(long nanos) {
        lap(nanos);
      }

      @Override
      public double lap(long nanos) {
        return python.soxrSeconds(pair.inRate(), pair.outRate(), block, SECONDS);
      }
    };
  }

  private static Figures speed(List<Double> seconds) {
    return new Figures(seconds.stream().map(s -> SECONDS / s).toList());
  }

  private static void through(Resampler resampler, float[] in, int block, float[] out) {
    for (int at = 0; at < in.length; at += block) {
      resampler.process(in, at, Math.min(block, in.length - at), out, 0);
    }
    resampler.reset();
  }

  private static float[] noise(int length) {
    Random random = new Random(1);
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = random.nextFloat() - 0.5f;
    }
    return noise;
  }
}
