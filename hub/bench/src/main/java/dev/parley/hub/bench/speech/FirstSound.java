package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.fake.FakeSpeech;
import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much later the first sound comes through the hub than from the server itself, and whether
 * sound that comes at five times real time reaches everybody without a gap.
 */
final class FirstSound {

  private static final double ADDED_MILLIS_MAX = 5;
  private static final List<Way> WAYS =
      List.of(Way.DIRECT, Way.PCM, Way.PCM_OF_EVENTS, Way.SSE, Way.GRPC, Way.MP3);

  /** Enough text for 1.6 s. */
  static final String TEXT = "This is said for measuring.";

  private final Stage stage;
  private final SpeechOptions options;
  private final List<Integer> crowds;
  private long failed;

  FirstSound(Stage stage, SpeechOptions options) {
    this.stage = stage;
    this.options = options;
    this.crowds = options.quick() ? List.of(1, 2, 4) : List.of(1, 16, 64);
  }

  /** Calls that were not answered whole. */
  long failed() {
    return failed;
  }

  void round(int round, Findings found) {
    for (int callers : crowds) {
      Map<Way, Cell> cells = new EnumMap<>(Way.class);
      List<Way> order = new ArrayList<>(WAYS);
      Collections.rotate(order, round);
      for (Way way : order) {
        Cell cell = stage.crowd(way, callers, TEXT, options.cell(), playing());
        failed += cell.failed();
        cells.put(way, cell);
      }
      Cell floor = cells.getOrDefault(Way.DIRECT, new Cell(List.of()));
      for (Way way : WAYS) {
        if (way != Way.DIRECT) {
          added(callers, way, cells.getOrDefault(way, floor), floor, found);
        }
      }
      if (callers == crowds.getLast()) {
        for (Way way : WAYS) {
          gaps(callers, way, cells.getOrDefault(way, floor), floor, found);
        }
      }
    }
  }

  private static Duration playing() {
    double millis = FakeSpeech.seconds(TEXT) * 1e3 / FakeSpeech.PIECE_MILLIS;
    return Duration.ofMillis((long) (millis * FakeSpeech.GAP_MILLIS) + FakeSpeech.FIRST_MILLIS);
  }

  private static void added(int callers, Way way, Cell cell, Cell floor, Findings found) {
    for (double share : List.of(0.5, 0.99)) {
      String metric = way.label() + ", p" + Math.round(share * 100);
      String section = "time to the first sound, added by the hub, callers at once: " + callers;
      // An encoder has a delay of its own, so a coded format has no bound here.
      Goal goal =
          way.content() == Way.Content.CODED
              ? Goal.told(section, metric, "ms")
              : Goal.atMost(section, metric, "ms", ADDED_MILLIS_MAX, Double.NaN);
      found.add(goal, cell.first(share) - floor.first(share));
      found.beside(goal, "the server alone", floor.first(share));
    }
  }

  private static void gaps(int callers, Way way, Cell cell, Cell floor, Findings found) {
    if (way == Way.DIRECT || way.content() == Way.Content.CODED) {
      return;
    }
    String section = "sound that is played as it comes, callers at once: " + callers;
    Goal dry = Goal.atMost(section, way.label() + ", callers that ran dry", "", 0, Double.NaN);
    found.add(dry, cell.dryCallers());
    found.beside(dry, "direct", floor.dryCallers());
    Goal gap = Goal.atMost(section, way.label() + ", longest gap", "ms", 0, Double.NaN);
    found.add(gap, cell.longestGapMillis());
    found.beside(gap, "direct", floor.longestGapMillis());
  }
}
