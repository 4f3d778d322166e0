package dev.parley.hub.bench.kernels;

import dev.parley.gpu.resample.Profile;
import dev.parley.gpu.resample.Resampler;
import dev.parley.hub.bench.kernels.RateChange.Pair;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Row.Peer;
import dev.parley.hub.bench.sheet.Sheet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** What the resampler's filters do, seen from outside, beside FFmpeg's with nothing set. */
final class ResamplingRows {

  private static final String SECTION = "resampling, quality (1.5), worst of the ratios";
  private static final Pair DOWN_3 = new Pair(48_000, 16_000);
  private static final List<Pair> PAIRS =
      List.of(
          DOWN_3,
          new Pair(16_000, 48_000),
          new Pair(24_000, 16_000),
          new Pair(16_000, 24_000),
          new Pair(44_100, 16_000),
          new Pair(44_100, 48_000));
  private static final List<Pair> SOON =
      List.of(DOWN_3, new Pair(16_000, 48_000), new Pair(24_000, 16_000));
  private static final double NONE = Double.NaN;

  private final Sheet sheet;
  private final List<Pair> pairs;

  private ResamplingRows(Sheet sheet, boolean quick) {
    this.sheet = sheet;
    // The others have a hundred phases and more, whose responses take seconds each.
    this.pairs = quick ? SOON : PAIRS;
  }

  static void add(Sheet sheet, KernelsOptions options) {
    ResamplingRows rows = new ResamplingRows(sheet, options.quick());
    rows.responses();
    rows.tones();
    rows.wide();
    rows.realtime();
    sheet.add(
        Goal.atMost(SECTION, "HQ samples that change with the split", "", 0, NONE),
        rows.pairs.stream().mapToDouble(ResamplingRows::splitDifferences).sum());
  }

  private void responses() {
    List<Response> ours =
        pairs.stream().map(pair -> Response.of(RateChange.ours(pair, Profile.HQ))).toList();
    Response swr = Response.of(swr());
    response("HQ ripple to 0.90 fn", "dB", 1e-3, 1e-5, ours, swr, Response::rippleDb);
    edge("HQ -0.01 dB at", 0.92, 0.96, ours, swr, response -> response.edge(0.01));
    edge("HQ -3 dB at", 0.95, 0.975, ours, swr, response -> response.edge(3));
    response("HQ stopband from 1.00 fn, images", "dB", -120, -140, ours, swr, r -> r.stopDb(1));
  }

  private void response(
      String metric,
      String unit,
      double must,
      double stretch,
      List<Response> ours,
      Response swr,
      ToDoubleFunction<Response> figure) {
    worst(
        Goal.atMost(SECTION, metric, unit, must, stretch),
        pairs,
        pair -> figure.applyAsDouble(ours.get(pairs.indexOf(pair))),
        Peer.of("swr 48>16", figure.applyAsDouble(swr)));
  }

  private void edge(
      String metric,
      double must,
      double stretch,
      List<Response> ours,
      Response swr,
      ToDoubleFunction<Response> figure) {
    worst(
        Goal.atLeast(SECTION, metric, "fn", must, stretch),
        pairs,
        pair -> figure.applyAsDouble(ours.get(pairs.indexOf(pair))),
        Peer.of("swr 48>16", figure.applyAsDouble(swr)));
  }

  private void tones() {
    List<Pair> lowering = pairs.stream().filter(Pair::lowers).toList();
    worst(
        Goal.atMost(SECTION, "HQ aliases of 15 tones", "dB", -120, -140),
        lowering,
        pair -> RateChange.ours(pair, Profile.HQ).aliasDb(),
        Peer.of("swr 48>16", swr().aliasDb()));
    noise("HQ THD+N, 997 Hz", Profile.HQ, -130, -140, _ -> 997);
    noise("HQ THD+N, 0.85 fn", Profile.HQ, -130, -140, RateChange::nearEdge);
    worst(
        Goal.atMost(SECTION, "HQ gain at 997 Hz off by", "dB", 1e-4, 1e-6),
        pairs,
        pair -> Math.abs(RateChange.ours(pair, Profile.HQ).tone(997).gainDb()),
        Peer.of("swr 48>16", Math.abs(swr().tone(997).gainDb())));
    worst(
        Goal.atMost(SECTION, "HQ gain of a constant off by", "dB", 1e-4, 1e-6),
        pairs,
        pair -> Math.abs(RateChange.ours(pair, Profile.HQ).constantGainDb()),
        Peer.of("swr 48>16", Math.abs(swr().constantGainDb())));
  }

  private void noise(
      String metric,
      Profile profile,
      double must,
      double stretch,
      ToDoubleFunction<RateChange> frequency) {
    worst(
        Goal.atMost(SECTION, metric, "dB", must, stretch),
        pairs,
        pair -> {
          RateChange change = RateChange.ours(pair, profile);
          return change.tone(frequency.applyAsDouble(change)).noiseDb();
        },
        Peer.of("swr 48>16", swr().tone(frequency.applyAsDouble(swr())).noiseDb()));
  }

  /** Its goals, -170 and -175 dB, lie under what 32-bit floats can show. */
  private void wide() {
    List<Pair> lowering = pairs.stream().filter(Pair::lowers).toList();
    worst(
        Goal.atMost(SECTION, "VHQ stopband, as far as floats show it", "dB", NONE, NONE),
        pairs,
        pair -> Response.of(RateChange.ours(pair, Profile.VHQ)).stopDb(1));
    worst(
        Goal.atMost(
            SECTION, "VHQ aliases of 15 tones, as far as floats show them", "dB", NONE, NONE),
        lowering,
        pair -> RateChange.ours(pair, Profile.VHQ).aliasDb());
    noise("VHQ THD+N, 997 Hz, as far as floats show it", Profile.VHQ, NONE, NONE, _ -> 997);
  }

  private void realtime() {
    worst(Goal.atMost(SECTION, "REALTIME delay", "ms", 5, 3), SOON, ResamplingRows::delayMillis);
    worst(
        Goal.atMost(SECTION, "REALTIME stopband from 1.05 fn", "dB", -80, -100),
        SOON,
        pair -> Response.of(RateChange.ours(pair, Profile.REALTIME)).stopDb(1.05));
  }

  private void worst(Goal goal, List<Pair> among, ToDoubleFunction<Pair> figure, Peer... peers) {
    double worst = NONE;
    for (Pair pair : among) {
      double found = figure.applyAsDouble(pair);
      sheet.raw(goal, "parley " + pair, found);
      worst = Double.isNaN(worst) ? found : goal.direction().worse(worst, found);
    }
    sheet.add(goal, worst, peers);
  }

  private static RateChange swr() {
    return new RateChange(DOWN_3.inRate(), DOWN_3.outRate(), Swr::through);
  }

  /** How far the input had to reach beyond the moment of an output for it to come. */
  private static double delayMillis(Pair pair) {
    Resampler resampler = Resampler.of(pair.inRate(), pair.outRate(), Profile.REALTIME);
    float[] in = Tone.of(997, pair.inRate(), pair.inRate() / 2);
    float[] out = new float[resampler.outputMax(1)];
    long written = 0;
    long most = 0;
    for (int i = 0; i < in.length; i++) {
      int count = resampler.process(in, i, 1, out, 0);
      if (count > 0) {
        most = Math.max(most, (i + 1L) * pair.outRate() - written * pair.inRate());
        written += count;
      }
    }
    return 1000.0 * most / pair.inRate() / pair.outRate();
  }

  private static double splitDifferences(Pair pair) {
    Random random = new Random(5);
    float[] in = new float[pair.inRate()];
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextFloat() - 0.5f;
    }
    float[] whole = Streams.resampled(in, pair.inRate(), pair.outRate(), Profile.HQ);
    Resampler resampler = Resampler.of(pair.inRate(), pair.outRate(), Profile.HQ);
    List<float[]> parts = new ArrayList<>();
    for (int at = 0; at < in.length; ) {
      int part = Math.min(in.length - at, 1 + random.nextInt(4096));
      float[] out = new float[resampler.outputMax(part)];
      int count = resampler.process(in, at, part, out, 0);
      parts.add(Arrays.copyOf(out, count));
      at += part;
    }
    float[] rest = new float[resampler.finishMax()];
    resampler.finish(rest, 0);
    parts.add(rest);
    return differences(whole, parts);
  }

  private static double differences(float[] whole, List<float[]> parts) {
    int differences = 0;
    int at = 0;
    for (float[] part : parts) {
      for (float sample : part) {
        if (at >= whole.length || whole[at] != sample) {
          differences++;
        }
        at++;
      }
    }
    return differences + Math.abs(at - whole.length);
  }
}
