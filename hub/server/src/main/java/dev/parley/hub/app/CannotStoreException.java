package dev.parley.hub.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** The data folder cannot be made or written; the message is for the operator. */
public final class CannotStoreException extends RuntimeException {

  CannotStoreException(Path data, IOException cause) {
    super(words(data, cause), cause);
  }

  private static String words(Path data, IOException cause) {
    String why =
        cause instanceof AccessDeniedException ? "it may not be written" : String.valueOf(cause);
    return "the data folder "
        + Arguments.shown("" + data)
        + " cannot be used: "
        + Arguments.shown(why)
        + ". Name another one: parley up --data FOLDER, or PARLEY_DATA";
  }
}
