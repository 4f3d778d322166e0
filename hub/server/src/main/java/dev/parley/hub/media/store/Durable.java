package dev.parley.hub.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Steps of file work that a power cut does not undo: what was forced is there afterwards, and a
 * name either stands for the whole new file or for what it stood for before. Blocking.
 */
public final class Durable {

  private Durable() {}

  /**
   * A new file with these bytes, on the disk when this returns; its name is, after {@link #folder}.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** Gives a file or folder of the same disk its name at once, and makes the name last. */
  public static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    folder(parent(to));
  }

  /** Makes the names in a folder last. */
  public static void folder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /**
   * The folder, made where it is missing: what people say to a hub is nobody's business but its own
   * user's.
   */
  public static Path ownFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      if (isPosix(folder)) {
        var own =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(folder, own);
      } else {
        Files.createDirectories(folder);
      }
    }
    return folder;
  }

  /** Makes an empty file for the hub's own user, where there is none. */
  public static void ownFile(Path file) throws IOException {
    try {
      if (isPosix(file)) {
        var own =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, own);
      } else {
        Files.createFile(file);
      }
    } catch (FileAlreadyExistsException _) {
      // As it should be.
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file cannot be the root of a disk");
    }
    return parent;
  }
}
