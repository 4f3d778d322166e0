package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.fake.FakeSpeech;
import dev.parley.hub.bench.sheet.Goal;
import java.time.Duration;
import java.util.List;

/** Processor time of the hub for each second of speech that it delivers. */
final class Cost {

  private static final String SECTION = "processor time of the hub for a second of speech";
  private static final List<Way> WAYS =
      List.of(Way.PCM, Way.PCM_OF_EVENTS, Way.SSE, Way.GRPC, Way.MP3, Way.OPUS);
  private static final int CALLERS = 16;
  private static final int CALLERS_QUICK = 2;

  private final Stage stage;
  private final SpeechOptions options;
  private long failed;

  Cost(Stage stage, SpeechOptions options) {
    this.stage = stage;
    this.options = options;
  }

  long failed() {
    return failed;
  }

  void round(Findings found) {
    for (Way way : WAYS) {
      long before = stage.hub().facts().cpuMicros();
      Cell cell =
          stage.crowd(
              way,
              options.quick() ? CALLERS_QUICK : CALLERS,
              FirstSound.TEXT,
              options.cell(),
              Duration.ZERO);
      long used = stage.hub().facts().cpuMicros() - before;
      failed += cell.failed();
      double seconds = cell.answered() * FakeSpeech.seconds(FirstSound.TEXT);
      found.add(Goal.told(SECTION, way.label(), "ms"), used / 1e3 / seconds);
    }
  }
}
