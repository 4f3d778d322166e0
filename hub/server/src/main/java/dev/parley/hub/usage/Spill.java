package dev.parley.hub.usage;

import dev.parley.hub.media.store.Durable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file in which rows wait for a database that is away: lines that are added at its end and read
 * from its begin. Once all were read and written, it is empty again. Rows that were read but not
 * {@link #done} are read again after a restart. A line that was torn or changed is left out.
 * Thread-safe; waits for the disk.
 */
final class Spill implements AutoCloseable {

  private static final int READ_BYTES = 1 << 20;

  /** More hubs than this do not share a folder. */
  private static final int HUBS_MAX = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final FileChannel file;
  private final long bytesMax;
  private long begin;
  private long end;

  private Spill(FileChannel file, long bytesMax) throws IOException {
    this.file = file;
    this.bytesMax = bytesMax;
    this.end = file.size();
  }

  /**
   * Opens a file that no other hub of this folder uses, and takes over what those left that ended
   * and did not come back. What lies in it is still to be written.
   */
  static Spill open(Path folder, long bytesMax) throws IOException {
    Spill own = null;
    try {
      for (int i = 0; i < HUBS_MAX; i++) {
        Path path = folder.resolve(i == 0 ? "usage.spill" : "usage-" + i + ".spill");
        if (own != null) {
          own.takeOver(path);
        } else {
          own = openFree(path, bytesMax);
        }
      }
      if (own == null) {
        throw new IOException("more than " + HUBS_MAX + " hubs use " + folder);
      }
      return own;
    } catch (IOException e) {
      if (own != null) {
        own.close();
      }
      throw e;
    }
  }

  /** Null while another hub has it. The lock ends with the process, however that ends. */
  private static @Nullable Spill openFree(Path path, long bytesMax) throws IOException {
    Durable.ownFile(path);
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isFree(file)) {
        file.close();
        return null;
      }
      Spill spill = new Spill(file, bytesMax);
      spill.endLine();
      return spill;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static boolean isFree(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** What is there twice after a crash is written once, as rows have ids. */
  private void takeOver(Path other) throws IOException {
    if (!Files.exists(other)) {
      return;
    }
    try (FileChannel file =
        FileChannel.open(other, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (file.size() == 0 || end + file.size() >= bytesMax || !isFree(file)) {
        return;
      }
      for (long at = 0; at < file.size(); ) {
        long moved = file.transferTo(at, file.size() - at, this.file.position(end));
        at += moved;
        end += moved;
      }
      endLine();
      this.file.force(false);
      file.truncate(0);
    }
  }

  /** A crash may have torn the last line: the next one begins a line of its own. */
  private void endLine() throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    if (end > 0 && file.read(last, end - 1) == 1 && last.get(0) != '\n') {
      write(new byte[] {'\n'});
    }
  }

  /**
   * Adds rows; how many of them there was room for. The end of the process leaves them there. A
   * power cut may not: to wait for the disk here would keep the next rows in memory for longer.
   */
  int add(List<UsageRow> rows) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(rows.size() * 384);
    lock.lock();
    try {
      int added = 0;
      for (UsageRow row : rows) {
        byte[] line = SpillLine.of(row);
        if (end + lines.size() + line.length > bytesMax) {
          break;
        }
        lines.writeBytes(line);
        added++;
      }
      if (added > 0) {
        write(lines.toByteArray());
      }
      return added;
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    try {
      for (long at = end; rest.hasRemaining(); ) {
        at += file.write(rest, at);
      }
    } catch (IOException e) {
      // Half a line would hide the next one.
      file.truncate(end);
      throw e;
    }
    end += bytes.length;
  }

  /**
   * Rows in their order.
   *
   * @param next where those after them begin
   * @param lost lines that cannot be read
   */
  record Batch(List<UsageRow> rows, long next, int lost) {}

  boolean isEmpty() {
    lock.lock();
    try {
      return begin == end;
    } finally {
      lock.unlock();
    }
  }

  /** Bytes that wait. */
  long bytes() {
    lock.lock();
    try {
      return end - begin;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest rows, a megabyte at most. */
  Batch oldest() throws IOException {
    lock.lock();
    try {
      return from(begin);
    } finally {
      lock.unlock();
    }
  }

  /** The rows after those of a batch. */
  Batch after(Batch batch) throws IOException {
    lock.lock();
    try {
      return from(batch.next());
    } finally {
      lock.unlock();
    }
  }

  private Batch from(long start) throws IOException {
    byte[] bytes = new byte[(int) Math.min(READ_BYTES, end - start)];
    ByteBuffer into = ByteBuffer.wrap(bytes);
    for (long at = start; into.hasRemaining(); ) {
      int read = file.read(into, at);
      if (read < 0) {
        throw new IOException("the spill file is shorter than it was");
      }
      at += read;
    }
    List<UsageRow> rows = new ArrayList<>();
    int lost = 0;
    int line = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        Optional<UsageRow> row = SpillLine.read(bytes, line, i);
        row.ifPresent(rows::add);
        lost += row.isPresent() || i == line ? 0 : 1;
        line = i + 1;
      }
    }
    // What has no end within a megabyte is no line.
    return new Batch(rows, start + (line == 0 ? bytes.length : line), lost);
  }

  /** These rows, and all before them, are written elsewhere. */
  void done(Batch batch) throws IOException {
    lock.lock();
    try {
      begin = batch.next();
      if (begin == end) {
        file.truncate(0);
        begin = 0;
        end = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
