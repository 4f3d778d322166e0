package dev.parley.core.error;

import org.jspecify.annotations.Nullable;

/** Carries a {@link HubError} through code that fails by throwing. */
public final class HubException extends RuntimeException {

  private final transient HubError error;

  /** A failure that is part of the normal life of a hub: no stack trace is taken. */
  public HubException(HubError error) {
    super(error.toString(), null, false, false);
    this.error = error;
  }

  /** A failure with the exception that led to it, kept for the log. */
  public HubException(HubError error, @Nullable Throwable cause) {
    super(error.toString(), cause, false, false);
    this.error = error;
  }

  /** What went wrong. */
  public HubError error() {
    return error;
  }
}
