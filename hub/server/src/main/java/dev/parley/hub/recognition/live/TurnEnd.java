package dev.parley.hub.recognition.live;

import dev.parley.hub.recognition.live.TurnSettings.Mode;
import java.util.Optional;

/**
 * Decides when a turn has ended, and when it probably has. Pure: it is told what happens, in the
 * time of the sound.
 *
 * <p>How certain the end of a turn is: half of it is whether what was said is a whole sentence, the
 * other half is how much has passed of the silence that would end the turn anyway. So a whole
 * sentence gives 0.5 at once and 1 at the end of the wait; half a sentence never gives more than
 * 0.5.
 */
final class TurnEnd {

  /** What follows from the silence so far. */
  enum Verdict {
    GOES_ON,
    PROBABLY_OVER,
    OVER
  }

  private TurnSettings settings;
  private int turn;
  private boolean begun;
  private boolean speaking;
  private boolean toldEager;
  private double certainty;

  /**
   * Nobody has spoken.
   *
   * @param settings without anything open
   */
  TurnEnd(TurnSettings settings) {
    this.settings = settings;
  }

  /** Other settings from now on. */
  void change(TurnSettings changed) {
    settings = changed;
  }

  /** Which turn it is, from 0. */
  int turn() {
    return turn;
  }

  /** Whether somebody has spoken in it. */
  boolean isBegun() {
    return begun;
  }

  /** How certain the last verdict was, 0..1. */
  double certainty() {
    return certainty;
  }

  /**
   * Somebody begins to speak, or goes on.
   *
   * @return whether this takes back an end that was told as probable
   */
  boolean speechStarted() {
    begun = true;
    speaking = true;
    boolean resumed = toldEager;
    toldEager = false;
    return resumed;
  }

  /** Silence has lasted so long that speech has stopped. */
  void speechStopped() {
    speaking = false;
  }

  /** The turn is over, whatever it was. */
  void end() {
    if (begun) {
      turn++;
    }
    begun = false;
    speaking = false;
    toldEager = false;
  }

  /**
   * What follows from a silence.
   *
   * @param silenceMs how long it has lasted
   * @param complete whether what was said in the turn is a whole sentence; empty: not known yet
   */
  Verdict judge(long silenceMs, Optional<Boolean> complete) {
    if (!begun || settings.mode() == Mode.NONE) {
      return Verdict.GOES_ON;
    }
    boolean whole = complete.orElse(false);
    long wait = waitMs(whole);
    certainty = (whole ? 0.5 : 0) + 0.5 * (wait == 0 ? 1 : Math.min(1, (double) silenceMs / wait));
    if (!speaking && silenceMs >= wait) {
      return Verdict.OVER;
    }
    boolean probable =
        settings.eagerThreshold().isPresent()
            && certainty >= settings.eagerThreshold().getAsDouble();
    if (probable && complete.isPresent() && silenceMs > 0 && !toldEager) {
      toldEager = true;
      return Verdict.PROBABLY_OVER;
    }
    return Verdict.GOES_ON;
  }

  /** Silence that ends the turn. */
  private long waitMs(boolean whole) {
    int silence = settings.speech().silenceDurationMs().orElse(0);
    return settings.mode() == Mode.SEMANTIC && !whole
        ? Math.max(silence, settings.maxWaitMs().orElse(silence))
        : silence;
  }
}
