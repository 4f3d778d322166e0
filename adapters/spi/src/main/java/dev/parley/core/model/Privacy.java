package dev.parley.core.model;

/** Where a call's content may go. */
public enum Privacy {
  /** To any backend. */
  ANYWHERE,
  /** Only to backends that the operator marked as local. */
  LOCAL_ONLY;

  /** The stricter of the two. */
  public Privacy and(Privacy other) {
    return this == LOCAL_ONLY ? this : other;
  }
}
