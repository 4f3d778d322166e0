package dev.parley.hub.voice.store;

import dev.parley.hub.media.store.Durable;
import dev.parley.hub.media.store.Sha256;
import dev.parley.hub.media.store.Workbench;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sound by its content: {@code audio/aa/SHA256}. A file is whole from the moment it has its name,
 * and stays for as long as somebody refers to it. Who is about to refer to one holds {@link
 * #holding} meanwhile; nothing is taken away then. Several hubs may use one folder: only one that
 * is alone there takes anything away. Thread-safe; its methods wait for the disk.
 */
public final class SoundFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SoundFolder.class);
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
  private static final int PART_BYTES = 64 << 10;

  private final Path sounds;
  private final Path benches;
  private final Workbench bench;
  private final FileChannel users;
  private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();
  private @Nullable FileLock present;

  private SoundFolder(Path folder) throws IOException {
    this.sounds = Durable.ownFolder(folder.resolve("audio"));
    this.benches = Durable.ownFolder(folder.resolve("partial"));
    this.users =
        FileChannel.open(
            folder.resolve("users.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Workbench.clear(benches);
    this.bench = Workbench.open(benches);
    this.present = lock(true);
  }

  /** Opens the folder and makes what is missing; clears away what dead processes did not finish. */
  public static SoundFolder open(Path folder) throws IOException {
    return new SoundFolder(Durable.ownFolder(folder));
  }

  private @Nullable FileLock lock(boolean shared) {
    try {
      return users.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException | IOException e) {
      log.debug("the folder of voices is not locked", e);
      return null;
    }
  }

  /** Does what puts files here and then refers to them; nothing is taken away until it returns. */
  public <T, E extends Exception> T holding(Holding<T, E> work) throws E {
    using.readLock().lock();
    try {
      return work.run();
    } finally {
      using.readLock().unlock();
    }
  }

  /** See {@link #holding}. */
  @FunctionalInterface
  public interface Holding<T, E extends Exception> {
    T run() throws E;
  }

  /**
   * Keeps bytes under their hash, on the disk when this returns. To be called while {@link
   * #holding}.
   *
   * @throws IOException also when they have another hash, or another size
   */
  public void put(InputStream bytes, String sha256, long size) throws IOException {
    Path file = file(sha256);
    if (Files.exists(file) && Files.size(file) == size) {
      return;
    }
    Path place = bench.place();
    try {
      if (!sha256.equals(write(bytes, place))) {
        throw new IOException("the bytes have changed while they were looked at");
      }
      Path folder = sounds.resolve(sha256.substring(0, 2));
      if (!Files.isDirectory(folder)) {
        Durable.ownFolder(folder);
        Durable.folder(sounds);
      }
      Durable.move(place, file);
    } finally {
      Files.deleteIfExists(place);
    }
  }

  private static String write(InputStream bytes, Path place) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] part = new byte[PART_BYTES];
    try (FileChannel file =
        FileChannel.open(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int length = bytes.read(part, 0, part.length);
          length >= 0;
          length = bytes.read(part, 0, part.length)) {
        digest.update(part, 0, length);
        ByteBuffer rest = ByteBuffer.wrap(part, 0, length);
        while (rest.hasRemaining()) {
          file.write(rest);
        }
      }
      file.force(true);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Where bytes of that hash lie, if they are here. */
  public Path file(String sha256) {
    if (!NAME.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256: expected 64 hexadecimal digits");
    }
    return sounds.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  /** Takes away those of these that nobody refers to. */
  public void drop(List<String> hashes, Predicate<String> referred) {
    alone(() -> {
      for (String sha256 : hashes) {
        if (!referred.test(sha256)) {
          Files.deleteIfExists(file(sha256));
        }
      }
    });
  }

  /** Takes away all that nobody refers to. */
  public void sweep(Predicate<String> referred) {
    alone(() -> {
      Workbench.clear(benches);
      for (Path folder : inside(sounds)) {
        for (Path file : inside(folder)) {
          String name = String.valueOf(file.getFileName());
          if (NAME.matcher(name).matches() && !referred.test(name)) {
            Files.deleteIfExists(file);
          }
        }
      }
    });
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  private interface DiskWork {
    void run() throws IOException;
  }

  /** Does it unless another hub uses the folder: one of the next to open it does it then. */
  private void alone(DiskWork work) {
    using.writeLock().lock();
    try {
      release();
      FileLock only = lock(false);
      if (only != null) {
        try (only) {
          work.run();
        }
      }
    } catch (IOException e) {
      log.warn("recordings that nobody needs could not be deleted: {}", e.toString());
    } finally {
      present = lock(true);
      using.writeLock().unlock();
    }
  }

  private void release() throws IOException {
    FileLock held = present;
    if (held != null) {
      held.release();
      present = null;
    }
  }

  @Override
  public void close() throws IOException {
    try (users) {
      bench.close();
    }
  }
}
