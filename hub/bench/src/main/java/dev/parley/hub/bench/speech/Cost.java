package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.fake.FakeSpeech;
import dev.parley.hub.bench.process.ProcessFacts;
import dev.parley.hub.bench.sheet.Findings;
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
      Used before = used();
      Cell cell =
          stage.crowd(
              way,
              options.quick() ? CALLERS_QUICK : CALLERS,
              FirstSound.TEXT,
              options.cell(),
              Duration.ZERO);
      failed += cell.failed();
      double seconds = cell.answered() * FakeSpeech.seconds(FirstSound.TEXT);
      Used after = used();
      Goal goal = Goal.told(SECTION, way.label(), "ms");
      found.add(goal, (after.hub() - before.hub()) / 1e3 / seconds);
      // Who shares the machine with the hub takes of it as well.
      found.beside(goal, "callers", (after.callers() - before.callers()) / 1e3 / seconds);
      found.beside(goal, "server", (after.server() - before.server()) / 1e3 / seconds);
    }
  }

  /** Microseconds of processor time. */
  private record Used(long hub, long server, long callers) {}

  private Used used() {
    long hub = stage.hub().facts().cpuMicros();
    long server = stage.backend().facts().cpuMicros();
    // This process counts its children in.
    return new Used(hub, server, ProcessFacts.own().cpuMicros() - hub - server);
  }
}
