package dev.parley.hub.recognition.live;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.media.Turns;
import dev.parley.hub.recognition.live.TurnSettings.Eagerness;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What callers say of turns in a live recognition, with the hub's choice where they say nothing.
 */
final class LiveTurns {

  private static final String FIELD = "turn_detection";

  /** A stretch is cut here unless the caller says otherwise. */
  private static final int SPEECH_MS_MAX = 20_000;

  private static final int WAIT_MS_MOST = 600_000;

  private LiveTurns() {}

  /**
   * Nothing of it is open, but the eager threshold, and the longest wait where silence alone ends
   * turns.
   *
   * @throws HubException when a value is out of its range
   */
  static TurnSettings effective(TurnSettings said) {
    OptionalDouble eager = said.eagerThreshold();
    if (eager.isPresent() && !(eager.getAsDouble() >= 0 && eager.getAsDouble() <= 1)) {
      throw wrong("eager_threshold", String.valueOf(eager.getAsDouble()), "0..1");
    }
    OptionalInt wait = said.maxWaitMs();
    if (wait.isPresent() && (wait.getAsInt() < 0 || wait.getAsInt() > WAIT_MS_MOST)) {
      throw wrong("max_wait_ms", String.valueOf(wait.getAsInt()), "0.." + WAIT_MS_MOST);
    }
    TurnDetection speech = Turns.effective(FIELD, said.speech(), SPEECH_MS_MAX);
    if (said.mode() == Mode.SEMANTIC && wait.isEmpty()) {
      wait = OptionalInt.of(waitMs(said.eagerness()));
    }
    return new TurnSettings(said.mode(), speech, said.eagerness(), eager, wait);
  }

  private static int waitMs(Eagerness eagerness) {
    return switch (eagerness) {
      case LOW -> 8_000;
      case MEDIUM, AUTO -> 4_000;
      case HIGH -> 2_000;
    };
  }

  /** What the detector is told: where a long stretch is cut is decided here. */
  static TurnDetection uncut(TurnDetection speech) {
    return new TurnDetection(
        speech.threshold(),
        speech.exitThreshold(),
        speech.prefixPaddingMs(),
        speech.endPaddingMs(),
        speech.silenceDurationMs(),
        speech.minSpeechMs(),
        OptionalInt.of(0));
  }

  private static HubException wrong(String name, String found, String expected) {
    return new HubException(new HubError.InvalidRequest(FIELD + "." + name, found, expected));
  }
}
