package dev.parley.hub.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says to people why a folder that they named cannot be used. */
public final class FolderTrouble {

  private FolderTrouble() {}

  /** A clause, such as {@code it may not be written}. */
  public static String words(IOException cause) {
    return switch (cause) {
      case AccessDeniedException _ -> "it may not be written";
      case FileAlreadyExistsException _, NotDirectoryException _ -> "it is a file and no folder";
      case NoSuchFileException _ -> "it is not there and cannot be made";
      case FileSystemException other when other.getReason() != null ->
          other.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(cause.getMessage());
    };
  }
}
