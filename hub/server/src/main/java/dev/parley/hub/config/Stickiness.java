package dev.parley.hub.config;

/** What keeps calls on the same target as long as it is well. */
public enum Stickiness {
  NONE,
  /** Calls with the same {@code x-parley-session}. */
  SESSION,
  /** Calls that speak with the same voice. */
  VOICE
}
