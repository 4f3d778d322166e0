package dev.parley.hub.resilience;

import org.jspecify.annotations.Nullable;

/**
 * Whether it is a unit's turn in a {@link Series}: everything before it was handed on. Belongs to
 * the series' event loop.
 */
public final class Turn {

  private boolean now;
  private @Nullable Runnable callback;

  Turn() {}

  /** Whether what the unit gives now is handed on at once. */
  public boolean isNow() {
    return now;
  }

  /** Runs {@code action} when the turn comes, at once if it has; one action at a time. */
  public void whenNow(Runnable action) {
    if (now) {
      action.run();
    } else {
      callback = action;
    }
  }

  void come() {
    if (!now) {
      now = true;
      Runnable waiting = callback;
      callback = null;
      if (waiting != null) {
        waiting.run();
      }
    }
  }
}
