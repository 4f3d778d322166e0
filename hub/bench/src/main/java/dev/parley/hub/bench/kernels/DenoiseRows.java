package dev.parley.hub.bench.kernels;

import dev.parley.gpu.denoise.DenoiseStream;
import dev.parley.gpu.denoise.Denoiser;
import dev.parley.hub.bench.kernels.Kit.Executor;
import dev.parley.hub.bench.kernels.Kit.Taker;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What denoisers make of noisy and of clean speech. */
final class DenoiseRows {

  private static final String SECTION = "denoise, quality (3.5)";
  private static final double NONE = Double.NaN;
  private static final int RATE_HZ = 16_000;

  private final Sheet sheet;
  private final Kit kit;
  private final Recordings recordings;
  private final Python python;
  private final boolean quick;

  /** Answers to the noisy recordings, made once. */
  private final Map<Taker, List<float[]>> answers = new EnumMap<>(Taker.class);

  private DenoiseRows(Sheet sheet, Kit kit, Recordings recordings, Python python, boolean quick) {
    this.sheet = sheet;
    this.kit = kit;
    this.recordings = recordings;
    this.python = python;
    this.quick = quick;
  }

  static void add(
      Sheet sheet, KernelsOptions options, Kit kit, Recordings recordings, Python python) {
    DenoiseRows rows = new DenoiseRows(sheet, kit, recordings, python, options.quick());
    rows.parity();
    rows.streaming();
    for (Taker taker : Taker.values()) {
      rows.pairs(taker, Wanted.of(taker));
    }
    for (Taker taker : Taker.values()) {
      rows.clean(taker);
    }
    for (Taker taker : Taker.values()) {
      rows.holes(taker);
      rows.delay(taker);
    }
  }

  /** What is asked of the pairs. */
  private record Wanted(
      double siSdr,
      double siSdrStretch,
      double pesq,
      double pesqStretch,
      double stoi,
      double dnsmos) {

    static Wanted of(Taker taker) {
      return switch (taker) {
        case DEEP_FILTER -> new Wanted(18.2, NONE, 2.82, NONE, 0.949, 3.28);
        // The best of the small ones is what counts; this is the one that the hub takes.
        case UL_UNAS -> new Wanted(14.0, 16.5, 2.60, NONE, NONE, 2.98);
        case GTCRN, DTLN -> new Wanted(NONE, NONE, NONE, NONE, NONE, NONE);
        case BUILT_IN -> new Wanted(13, NONE, 2.50, 2.60, 0.925, 2.90);
      };
    }
  }

  private static String name(Taker taker) {
    return switch (taker) {
      case DEEP_FILTER -> "deepfilternet3";
      case UL_UNAS -> "ul-unas";
      case GTCRN -> "gtcrn";
      case DTLN -> "dtln";
      case BUILT_IN -> "denoise-builtin";
    };
  }

  private void parity() {
    String noisy = "denoise/vbd16k/p232_010_noisy.wav";
    parity(Taker.GTCRN, noisy, "reference/p232_010_gtcrn.wav", 0);
    parity(Taker.UL_UNAS, noisy, "reference/p232_010_ulunas.wav", 0);
    // The reference ends with its input: what overlaps the end is not complete in it.
    parity(Taker.DTLN, noisy, "reference/p232_010_dtln.wav", 512);
  }

  private void parity(Taker taker, String noisy, String reference, int incomplete) {
    sheet.attempt(
        Goal.atLeast(SECTION, name(taker) + ", reference over difference", "dB", 60, NONE),
        () -> {
          float[] wanted = recordings.samples(reference);
          float[] found =
              Streams.denoised(kit.denoiser(taker, Executor.OURS), recordings.samples(noisy), 320);
          return Signals.matchDb(wanted, found, wanted.length - incomplete);
        });
  }

  private void streaming() {
    sheet.attempt(
        Goal.atLeast(
            SECTION, "deepfilternet3, whole over difference of 10 ms parts", "dB", 60, 100),
        () -> {
          float[] noisy =
              Arrays.copyOf(recordings.samples("denoise/fullband48k/noisy_snr0.wav"), 96_000);
          Denoiser denoiser = kit.denoiser(Taker.DEEP_FILTER, Executor.OURS);
          float[] whole = Streams.denoised(denoiser, noisy, noisy.length);
          return Signals.matchDb(whole, Streams.denoised(denoiser, noisy, 480), whole.length);
        });
  }

  private List<Recordings.Pair> pairs() {
    List<Recordings.Pair> pairs = recordings.pairs();
    return quick ? pairs.subList(0, Math.min(2, pairs.size())) : pairs;
  }

  private List<float[]> answers(Taker taker) {
    List<float[]> found = answers.get(taker);
    if (found == null) {
      found = new ArrayList<>();
      Denoiser denoiser = kit.denoiser(taker, Executor.OURS);
      for (Recordings.Pair pair : pairs()) {
        found.add(Streams.denoised16(denoiser, pair.noisy()));
      }
      answers.put(taker, found);
    }
    return found;
  }

  /** A figure of one pair and the answer to it. */
  @FunctionalInterface
  private interface Score {
    double of(float[] clean, float[] found);
  }

  private void pairs(Taker taker, Wanted wanted) {
    String name = name(taker) + ", ";
    mean(
        Goal.atLeast(SECTION, name + "SI-SDR", "dB", wanted.siSdr(), wanted.siSdrStretch()),
        taker,
        Signals::siSdrDb);
    mean(
        Goal.atLeast(SECTION, name + "PESQ", "", wanted.pesq(), wanted.pesqStretch()),
        taker,
        (clean, found) -> python.score("pesq", clean, found, RATE_HZ));
    mean(
        Goal.atLeast(SECTION, name + "STOI", "", wanted.stoi(), NONE),
        taker,
        (clean, found) -> python.score("stoi", clean, found, RATE_HZ));
    sheet.attempt(
        Goal.atLeast(SECTION, name + "DNSMOS OVRL", "", wanted.dnsmos(), NONE),
        () -> {
          Dnsmos network = kit.dnsmos();
          return answers(taker).stream().mapToDouble(network::overall).average().orElseThrow();
        });
  }

  private void mean(Goal goal, Taker taker, Score score) {
    sheet.attempt(
        goal,
        () -> {
          List<Recordings.Pair> pairs = pairs();
          List<float[]> found = answers(taker);
          double sum = 0;
          for (int i = 0; i < pairs.size(); i++) {
            double figure = score.of(pairs.get(i).clean(), found.get(i));
            sheet.raw(goal, pairs.get(i).name(), figure);
            sum += figure;
          }
          return sum / pairs.size();
        });
  }

  /** Speech without noise, loud and quiet, must come out as it went in. */
  private void clean(Taker taker) {
    for (double peak : new double[] {0, -40}) {
      String name = String.format(Locale.ROOT, "%s, clean at %.0f dBFS, ", name(taker), peak);
      Goal level = Goal.atMost(SECTION, name + "level off by", "dB", 0.5, NONE);
      Goal stoi = Goal.atLeast(SECTION, name + "STOI", "", 0.98, NONE);
      Goal pesq = Goal.atLeast(SECTION, name + "PESQ", "", 4.0, NONE);
      sheet.attempt(
          List.of(level, stoi, pesq),
          () -> {
            Denoiser denoiser = kit.denoiser(taker, Executor.OURS);
            List<float[]> in = new ArrayList<>();
            List<float[]> out = new ArrayList<>();
            for (Recordings.Pair pair : pairs()) {
              in.add(Signals.withPeakDb(pair.clean(), peak));
              out.add(Streams.denoised16(denoiser, in.getLast()));
            }
            clean(level, in, out, (a, b) -> Math.abs(Signals.levelDb(a) - Signals.levelDb(b)));
            clean(stoi, in, out, (a, b) -> python.score("stoi", a, b, RATE_HZ));
            clean(pesq, in, out, (a, b) -> python.score("pesq", a, b, RATE_HZ));
          });
    }
  }

  private void clean(Goal goal, List<float[]> in, List<float[]> out, Score score) {
    double sum = 0;
    for (int i = 0; i < in.size(); i++) {
      sum += score.of(in.get(i), out.get(i));
    }
    sheet.add(goal, sum / in.size());
  }

  private void holes(Taker taker) {
    sheet.attempt(
        Goal.atMost(SECTION, name(taker) + ", longest silence where speech is", "ms", 20, 0),
        () -> {
          List<Recordings.Pair> pairs = pairs();
          List<float[]> found = answers(taker);
          int frames = 0;
          for (int i = 0; i < pairs.size(); i++) {
            frames = Math.max(frames, Signals.holeFrames(pairs.get(i).clean(), found.get(i), 160));
          }
          return 10.0 * frames;
        });
  }

  /** How far the input had to reach beyond the moment of an output for it to come. */
  private void delay(Taker taker) {
    double must =
        switch (taker) {
          case DEEP_FILTER -> 40;
          case GTCRN, UL_UNAS, DTLN -> 32;
          case BUILT_IN -> 20;
        };
    sheet.attempt(
        Goal.atMost(SECTION, name(taker) + ", added delay", "ms", must, NONE),
        () -> {
          Denoiser denoiser = kit.denoiser(taker, Executor.OURS);
          int rate = denoiser.sampleRateHz();
          try (DenoiseStream stream = denoiser.open(Denoiser.UNLIMITED)) {
            float[] in = Tone.of(997, rate, rate / 2);
            float[] out = new float[rate];
            int written = 0;
            int most = 0;
            for (int i = 0; i < in.length; i++) {
              int count = stream.process(in, i, 1, out, 0);
              if (count > 0) {
                most = Math.max(most, i + 1 - written);
                written += count;
              }
            }
            return 1000.0 * most / rate;
          }
        });
  }
}
