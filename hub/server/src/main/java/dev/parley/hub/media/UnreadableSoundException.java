package dev.parley.hub.media;

/**
 * What a backend sent is not the sound that it said it would be, or none that is read here. The
 * message says what was found, in words that may be shown; it never quotes the bytes.
 */
public final class UnreadableSoundException extends Exception {

  private static final long serialVersionUID = 1L;

  UnreadableSoundException(String message) {
    super(message);
  }

  UnreadableSoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
