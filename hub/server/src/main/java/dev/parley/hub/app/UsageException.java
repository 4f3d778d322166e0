package dev.parley.hub.app;

import java.io.Serial;

/** The command line says something that the program does not understand; the message says what. */
final class UsageException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
