package dev.parley.hub.media.model;

import java.io.Serial;

/** A model could not be fetched; the message says why and what a person can do instead. */
public final class ModelFetchException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Where it failed. */
  public enum Kind {
    /** Nobody answers: other downloads will hardly do better. */
    UNREACHABLE,
    /** The server answers, but not with the file. */
    REFUSED,
    /** What came is not what was published. */
    WRONG_CONTENT,
    /** The folder cannot be written, or another process writes there. */
    FOLDER
  }

  private final Kind kind;

  ModelFetchException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  ModelFetchException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Where it failed. */
  public Kind kind() {
    return kind;
  }
}
