package dev.parley.hub.media.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one process has its unfinished files. Beside the folder lies a file that the process keeps
 * locked while it lives; the system unlocks it whatever the process died of, and the next one that
 * looks clears the folder away.
 */
public final class Workbench implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Workbench.class);
  private static final String LOCK = ".lock";
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{32}");
  private static final int TRIES_MAX = 16;

  /**
   * The benches of this virtual machine. A lock is the process's, and closing any channel of a
   * locked file gives it up, so nobody here may even look at these.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path lockFile;
  private final Path folder;
  private final FileChannel lock;

  private Workbench(Path lockFile, Path folder, FileChannel lock) {
    this.lockFile = lockFile;
    this.folder = folder;
    this.lock = lock;
  }

  /** A bench of its own for the caller among those of others. */
  public static Workbench open(Path benches) throws IOException {
    for (int i = 0; i < TRIES_MAX; i++) {
      String name = randomName();
      Path lockFile = benches.resolve(name + LOCK).toAbsolutePath();
      OWN.add(lockFile);
      FileChannel lock = locked(lockFile);
      if (lock != null) {
        return new Workbench(lockFile, Files.createDirectory(benches.resolve(name)), lock);
      }
      OWN.remove(lockFile);
    }
    throw new IOException("cannot lock a file in " + benches);
  }

  /** Null when someone who clears away was faster, between the file and its lock. */
  private static @Nullable FileChannel locked(Path lockFile) throws IOException {
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null && Files.exists(lockFile)) {
        return channel;
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  private static String randomName() {
    // It tells files apart and protects nothing; a secure one would read a file on an event loop.
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  /** A place for a file or a folder that is not there yet. */
  public Path place() {
    return folder.resolve(randomName());
  }

  /** Clears away what dead processes left. */
  public static void clear(Path benches) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(benches, "*" + LOCK)) {
      for (Path lockFile : locks) {
        if (!OWN.contains(lockFile.toAbsolutePath())) {
          clearIfDead(lockFile);
        }
      }
    }
    // The lock is there before the folder and after it, so a folder without one is nobody's.
    try (DirectoryStream<Path> all = Files.newDirectoryStream(benches)) {
      for (Path each : all) {
        String name = String.valueOf(each.getFileName());
        if (NAME.matcher(name).matches() && !Files.exists(benches.resolve(name + LOCK))) {
          delete(each);
        }
      }
    }
  }

  private static void clearIfDead(Path lockFile) {
    String name = String.valueOf(lockFile.getFileName());
    Path folder = lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        delete(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      // Another one clears it away, or lives.
      log.debug("left alone: {}", lockFile, e);
    } catch (IOException e) {
      log.warn("cannot clear away what an unfinished upload left in {}: {}", folder, e.toString());
    }
  }

  /** Deletes a file, or a folder with what it holds; links are deleted, not followed. */
  public static void delete(Path what) throws IOException {
    if (Files.isDirectory(what, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> inside;
      try (Stream<Path> all = Files.list(what)) {
        inside = all.toList();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      for (Path each : inside) {
        delete(each);
      }
    }
    Files.deleteIfExists(what);
  }

  @Override
  public void close() throws IOException {
    try {
      delete(folder);
      Files.deleteIfExists(lockFile);
    } finally {
      lock.close();
      OWN.remove(lockFile);
    }
  }
}
