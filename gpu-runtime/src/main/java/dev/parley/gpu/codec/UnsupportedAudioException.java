package dev.parley.gpu.codec;

/**
 * The bytes are not audio that can be read here: the message says what was found and what is
 * accepted, in words for whoever sent them. It never quotes the bytes.
 */
public final class UnsupportedAudioException extends Exception {

  /** What is wrong, for callers that act on it. */
  public enum Reason {
    /** No bytes, or no sound in them. */
    EMPTY,
    /** Not an audio file of a known kind. */
    NOT_AUDIO,
    /** A known file without a track of sound. */
    NO_AUDIO_TRACK,
    /** Sound in a coding that is not read here. */
    UNSUPPORTED_CODEC,
    /** More channels, a higher rate or a longer sound than allowed. */
    OVER_LIMIT,
    /** The bytes end before the first sound. */
    TRUNCATED,
    /** The bytes break the rules of their own format. */
    CORRUPT
  }

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnsupportedAudioException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
