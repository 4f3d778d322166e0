package dev.parley.hub.media.store;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An upload on its way: bytes are written in order, then it is committed or, when it is closed
 * without that, gone. Its methods wait for the disk, so they belong on a virtual thread; one call
 * at a time goes on, also from several threads, so a caller that went away can be cleaned up after
 * from any of them. Memory does not grow with what is written.
 */
public final class MediaUpload implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MediaUpload.class);

  /**
   * The JDK copies what it writes into memory outside of the heap, and keeps that for the thread.
   */
  private static final int WRITE_BYTES_MAX = 64 * 1024;

  private enum State {
    WRITING,
    FAILED,
    COMMITTED,
    CLOSED
  }

  private final MediaStore store;
  private final Stock stock;
  private final long bytesMax;
  private final Path folder;
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.digest();
  private State state = State.WRITING;
  private long written;
  private long reserved;

  MediaUpload(MediaStore store, Stock stock, long bytesMax, Path folder) throws IOException {
    this.store = store;
    this.stock = stock;
    this.bytesMax = bytesMax;
    this.folder = folder;
    Files.createDirectory(folder);
    this.channel =
        FileChannel.open(
            folder.resolve(Shelf.CONTENT),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
  }

  /** Bytes so far. */
  public synchronized long sizeBytes() {
    return written;
  }

  /** Appends all bytes of the array. */
  public void write(byte[] bytes) {
    write(ByteBuffer.wrap(bytes));
  }

  /**
   * Appends what remains in the buffer.
   *
   * @throws HubException with {@link HubError.TooLarge} past the limit of one item, with {@link
   *     HubError.Overloaded} when store or disk is full, with {@link HubError.Cancelled} when the
   *     upload was closed meanwhile; nothing more can be written then
   */
  public synchronized void write(ByteBuffer bytes) {
    expectWriting();
    try {
      reserve(bytes.remaining());
      while (bytes.hasRemaining()) {
        ByteBuffer part =
            bytes.slice(bytes.position(), Math.min(bytes.remaining(), WRITE_BYTES_MAX));
        digest.update(part.duplicate());
        while (part.hasRemaining()) {
          channel.write(part);
        }
        bytes.position(bytes.position() + part.limit());
      }
    } catch (IOException e) {
      throw failed(e);
    } catch (HubException e) {
      state = State.FAILED;
      throw e;
    }
  }

  private void reserve(int bytes) {
    if (bytes > bytesMax - written) {
      throw MediaStore.tooLarge(bytesMax);
    }
    if (!stock.reserve(bytes)) {
      store.forgetExpired();
      if (!stock.reserve(bytes)) {
        throw MediaStore.full();
      }
    }
    reserved += bytes;
    written += bytes;
  }

  /**
   * What was written so far, to be looked at before the commit; a channel of its own, to be closed
   * by the caller, that sees what is written later, too.
   */
  public synchronized SeekableByteChannel readBack() {
    expectWriting();
    try {
      return FileChannel.open(folder.resolve(Shelf.CONTENT), StandardOpenOption.READ);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Makes an item of it, readable under its name from now on and after a crash. What is stored
   * already is not stored twice but kept for longer.
   *
   * @param durationSeconds 0 when unknown
   */
  public synchronized MediaItem commit(StoredFormat format, double durationSeconds) {
    expectWriting();
    try {
      channel.force(true);
      channel.close();
      String sha256 = HexFormat.of().formatHex(digest.digest());
      MediaItem item = store.publish(folder, sha256, format, durationSeconds, written);
      state = State.COMMITTED;
      release();
      return item;
    } catch (IOException e) {
      throw failed(e);
    } catch (HubException e) {
      state = State.FAILED;
      throw e;
    }
  }

  private void expectWriting() {
    switch (state) {
      case WRITING -> {}
      case FAILED -> throw new IllegalStateException("the upload has failed");
      case COMMITTED -> throw new IllegalStateException("the upload is committed");
      case CLOSED -> throw new HubException(new HubError.Cancelled());
    }
  }

  private HubException failed(IOException e) {
    state = State.FAILED;
    // An interrupted thread is one whose caller is gone.
    return e instanceof ClosedChannelException
        ? new HubException(new HubError.Cancelled(), e)
        : diskFailed(e);
  }

  /** For the operator with the cause, for the caller without. */
  static HubException diskFailed(IOException e) {
    log.error("media cannot be stored: {} (is the disk of the data directory full?)", e.toString());
    return new HubException(
        new HubError.Overloaded("the disk takes no more media", Duration.ZERO), e);
  }

  /** Ends it; what was not committed is deleted. Harmless when repeated. */
  @Override
  public synchronized void close() {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    try {
      channel.close();
      Workbench.delete(folder);
    } catch (IOException e) {
      log.warn("an unfinished upload stays until the next start: {}", e.toString());
    }
    release();
    stock.end();
  }

  /** From now on the item's bytes count, or nothing. */
  private void release() {
    stock.release(reserved);
    reserved = 0;
  }
}
