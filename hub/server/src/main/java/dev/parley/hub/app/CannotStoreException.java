package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.hub.config.FolderTrouble;
import java.io.IOException;
import java.nio.file.Path;

/** The data folder cannot be made or written; the message is for the operator. */
public final class CannotStoreException extends RuntimeException {

  CannotStoreException(Path data, IOException cause) {
    super(words(data, cause), cause);
  }

  private static String words(Path data, IOException cause) {
    return "the data folder "
        + Shown.quoted("" + data)
        + " cannot be used: "
        + FolderTrouble.words(cause).replaceAll("\\p{Cntrl}", "?")
        + ". Name another one: --data FOLDER, or PARLEY_DATA";
  }
}
