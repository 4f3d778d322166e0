package dev.parley.hub.bench.kernels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gpu.vad.SpeechDetector;
import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.hub.bench.kernels.Kit.Executor;
import dev.parley.hub.bench.process.BenchFailure;
import dev.parley.hub.bench.sheet.Figures;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Sheet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What detectors find in recordings with labels. */
final class VadRows {

  private static final String SECTION = "VAD, quality (2.5)";
  private static final double NONE = Double.NaN;

  private final Sheet sheet;
  private final Kit kit;
  private final Recordings recordings;

  private VadRows(Sheet sheet, Kit kit, Recordings recordings) {
    this.sheet = sheet;
    this.kit = kit;
    this.recordings = recordings;
  }

  static void add(Sheet sheet, Kit kit, Recordings recordings) {
    VadRows rows = new VadRows(sheet, kit, recordings);
    rows.parity("silero-vad-6.2", kit::silero);
    rows.parity("silero-vad-5.1.2", kit::silero5);
    rows.parity("fireredvad-stream", () -> kit.fireRedStream(Executor.OURS));
    rows.parity("fireredvad-offline", kit::fireRed);
    rows.scores();
    rows.noise();
    rows.edges("silero-vad, realtime", kit::silero, 1);
    rows.edges("fireredvad-stream", () -> kit.fireRedStream(Executor.OURS), NONE);
    rows.edges("vad-builtin", kit::builtIn, NONE);
  }

  private void parity(String name, Supplier<? extends SpeechDetector> detector) {
    sheet.attempt(
        Goal.atMost(SECTION, name + ", off the reference by", "", 1e-4, NONE),
        () -> difference(name, detector.get()));
  }

  private double difference(String name, SpeechDetector detector) {
    JsonNode vectors;
    try {
      vectors = new ObjectMapper().readTree(recordings.text("reference/vad.json")).get(name);
    } catch (IOException e) {
      throw new BenchFailure("cannot read reference/vad.json: " + e.getMessage(), e);
    }
    double worst = 0;
    for (Map.Entry<String, JsonNode> file : vectors.properties()) {
      float[] found = detector.probabilities(recordings.samples(file.getKey()));
      for (int i = 0; i < file.getValue().size(); i++) {
        worst = Math.max(worst, Math.abs(found[i] - file.getValue().get(i).asDouble()));
      }
    }
    return worst;
  }

  private void scores() {
    scores("silero-vad, realtime", kit::silero, 0.954, 0.962, 0.938, 0.944);
    scores("vad-accurate, offline", kit::accurate, 0.970, 0.974, 0.948, 0.953);
    scores("fireredvad-stream", () -> kit.fireRedStream(Executor.OURS), NONE, NONE, NONE, NONE);
    scores("fireredvad", kit::fireRed, NONE, NONE, NONE, NONE);
    scores("silero-vad-v5", kit::silero5, NONE, NONE, NONE, NONE);
    scores("vad-builtin", kit::builtIn, NONE, NONE, NONE, NONE);
  }

  private void scores(
      String name,
      Supplier<? extends SpeechDetector> detector,
      double aucMust,
      double aucStretch,
      double f1Must,
      double f1Stretch) {
    Goal auc = Goal.atLeast(SECTION, name + ", TEN AUC", "", aucMust, aucStretch);
    Goal f1 = Goal.atLeast(SECTION, name + ", TEN F1 at 0.5", "", f1Must, f1Stretch);
    boolean judged = !Double.isNaN(aucMust);
    Goal ami =
        Goal.atLeast(SECTION, name + ", AMI AUC", "", judged ? 0.952 : NONE, judged ? 0.960 : NONE);
    sheet.attempt(
        List.of(auc, f1, ami),
        () -> {
          SpeechDetector made = detector.get();
          Scores ten = Heard.of(made, Clip.ten(recordings)).scores();
          sheet.add(auc, ten.auc());
          sheet.add(f1, ten.f1());
          sheet.add(ami, Heard.of(made, Clip.ami(recordings)).scores().auc());
        });
  }

  private void noise() {
    noise("silero-vad, realtime", kit::silero, 0.5, 0.2, 0);
    noise("vad-accurate, offline", kit::accurate, 0.5, 0.2, 0);
    noise("fireredvad-stream", () -> kit.fireRedStream(Executor.OURS), NONE, NONE, NONE);
    noise("vad-builtin", kit::builtIn, NONE, NONE, NONE);
  }

  private void noise(
      String name,
      Supplier<? extends SpeechDetector> detector,
      double must,
      double stretch,
      double segmentsMust) {
    Goal alarms = Goal.atMost(SECTION, name + ", false alarms in noise", "%", must, stretch);
    Goal segments =
        Goal.atMost(SECTION, name + ", segments in noise", "", segmentsMust, segmentsMust);
    sheet.attempt(
        List.of(alarms, segments),
        () -> {
          Heard heard = Heard.of(detector.get(), Clip.noise(recordings));
          sheet.add(alarms, 100 * heard.scores().falseAlarms());
          sheet.add(segments, heard.segments());
        });
  }

  /** With {@code judged} 1 the goals count, with NaN the figures are only told. */
  private void edges(String name, Supplier<? extends StreamingDetector> detector, double judged) {
    Goal onset = Goal.atMost(SECTION, name + ", onset median", "ms", 55 * judged, NONE);
    Goal onset90 = Goal.atMost(SECTION, name + ", onset p90", "ms", 106 * judged, NONE);
    Goal dated =
        Goal.atMost(SECTION, name + ", start dated off by, median", "ms", 30 * judged, NONE);
    Goal release = Goal.atMost(SECTION, name + ", release median", "ms", 122 * judged, 60 * judged);
    Goal release90 = Goal.atMost(SECTION, name + ", release p90", "ms", 247 * judged, 140 * judged);
    Goal missed = Goal.told(SECTION, name + ", edges never found", "");
    sheet.attempt(
        List.of(onset, onset90, dated, release, release90, missed),
        () -> {
          StreamingDetector made = detector.get();
          Heard heard = Heard.of(made, Clip.ten(recordings));
          Edges starts = Edges.of(heard, made.delaySamples(), true);
          Edges ends = Edges.of(heard, made.delaySamples(), false);
          sheet.add(onset, Figures.percentile(starts.delays(), 0.5));
          sheet.add(onset90, Figures.percentile(starts.delays(), 0.9));
          sheet.add(dated, Figures.percentile(starts.offsets(), 0.5));
          sheet.add(release, Figures.percentile(ends.delays(), 0.5));
          sheet.add(release90, Figures.percentile(ends.delays(), 0.9));
          sheet.add(missed, starts.missed() + ends.missed());
        });
  }
}
