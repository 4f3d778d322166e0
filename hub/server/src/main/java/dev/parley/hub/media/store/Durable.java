package dev.parley.hub.media.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file cannot be the root of a disk");
    }
    return parent;
  }
}
