package dev.parley.hub.resilience;

/**
 * What a breaker says to a call, and what the call's outcome is reported with: it tells calls of
 * today from those that were let through before the breaker last opened. Immutable; one instance is
 * shared by many calls.
 */
public final class Permit {

  /** How a call may go on. */
  public enum Kind {
    /** As one of many. */
    CALL,
    /** As one of the few that try a target which failed. */
    PROBE,
    /** Not at all. */
    REFUSED
  }

  /** No call; has no outcome to report. */
  public static final Permit REFUSED = new Permit(Kind.REFUSED, -1);

  private final Kind kind;
  private final long openings;

  /** Takes how often the breaker had opened by then. */
  Permit(Kind kind, long openings) {
    this.kind = kind;
    this.openings = openings;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the call may be made. */
  public boolean isGranted() {
    return kind != Kind.REFUSED;
  }

  boolean isOf(long openingsNow) {
    return openings == openingsNow;
  }
}
