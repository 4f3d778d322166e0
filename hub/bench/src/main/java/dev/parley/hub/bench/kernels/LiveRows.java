package dev.parley.hub.bench.kernels;

import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.live.LiveSettings;
import dev.parley.hub.bench.sheet.Goal;
import dev.parley.hub.bench.sheet.Sheet;
import java.time.Duration;
import java.util.List;

/** Many live signals at once, in real time. */
final class LiveRows {

  private static final String SECTION = "VAD, live streams in real time (2.5)";
  private static final double NONE = Double.NaN;

  /** As the hub has it, but for memory: a second behind is missed anyway. */
  private static final LiveSettings SETTINGS =
      new LiveSettings(2000, 64, Duration.ofMillis(2), Duration.ofSeconds(1));

  private LiveRows() {}

  static void add(Sheet sheet, KernelsOptions options, Kit kit, Recordings recordings) {
    int seconds = options.quick() ? 3 : 20;
    streams(sheet, kit, recordings, 500, 20, NONE, seconds);
    streams(sheet, kit, recordings, 1000, NONE, 20, seconds);
  }

  private static void streams(
      Sheet sheet,
      Kit kit,
      Recordings recordings,
      int streams,
      double must,
      double stretch,
      int seconds) {
    String name = streams + " silero-vad streams, ";
    Goal late = Goal.atMost(SECTION, name + "p99 of the delay", "ms", must, stretch);
    Goal median = Goal.told(SECTION, name + "median of the delay", "ms");
    Goal worst = Goal.told(SECTION, name + "longest delay", "ms");
    Goal cores = Goal.told(SECTION, name + "processors in use, the feeder included", "cores");
    Goal batch = Goal.told(SECTION, name + "mean batch", "streams");
    Goal refused = Goal.atMost(SECTION, name + "samples refused", "", 0, NONE);
    Goal feeder = Goal.told(SECTION, name + "longest that a packet was offered late", "ms");
    sheet.attempt(
        List.of(late, median, worst, cores, batch, refused, feeder),
        () -> {
          float[] speech = recordings.samples("speech/en/jfk.wav");
          StreamingDetector detector = kit.silero();
          // Loads classes, compiles, and lets the library find its memory.
          LiveVad.run(detector, SETTINGS, speech, streams, Math.min(5, seconds));
          LiveVad.Result result = LiveVad.run(detector, SETTINGS, speech, streams, seconds);
          boolean heard = result.chunks() > 0;
          sheet.add(late, heard ? result.p99Millis() : NONE);
          sheet.add(median, heard ? result.p50Millis() : NONE);
          sheet.add(worst, heard ? result.maxMillis() : NONE);
          sheet.add(cores, result.cores());
          sheet.add(batch, (double) result.status().rows() / Math.max(1, result.status().runs()));
          sheet.add(refused, (double) result.refusedSamples());
          sheet.add(feeder, result.lateMillis());
        });
  }
}
