package dev.parley.hub.media;

import dev.parley.gpu.codec.ByteInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Bytes from somebody who must not wait to somebody who does. Bounded by its writer, who puts more
 * only when the future of the last put is complete. Thread-safe.
 */
final class BytePipe implements ByteInput {

  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private int read;
  private boolean ended;
  private boolean closed;
  private CompletableFuture<Void> emptied = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);

  /** Whether the reader waits. */
  private boolean thirsty;

  /** Adds bytes; completes when they have been read. */
  synchronized CompletableFuture<Void> put(byte[] bytes) {
    if (bytes.length == 0 || closed || ended) {
      return CompletableFuture.completedFuture(null);
    }
    waiting.add(bytes);
    if (emptied.isDone()) {
      emptied = new CompletableFuture<>();
    }
    notifyAll();
    return emptied;
  }

  /** Completes when all bytes have been read and more are waited for, or none will be. */
  synchronized CompletableFuture<Void> settled() {
    if (closed || ended || (thirsty && waiting.isEmpty())) {
      return CompletableFuture.completedFuture(null);
    }
    if (settled.isDone()) {
      settled = new CompletableFuture<>();
    }
    return settled;
  }

  /** Nothing follows. */
  void end() {
    CompletableFuture<Void> waited;
    synchronized (this) {
      ended = true;
      waited = settled;
      notifyAll();
    }
    waited.complete(null);
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    CompletableFuture<Void> done = null;
    int count;
    tellThatAllIsRead();
    synchronized (this) {
      while (waiting.isEmpty() && !ended && !closed) {
        try {
          thirsty = true;
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted", e);
        } finally {
          thirsty = false;
        }
      }
      if (waiting.isEmpty() || closed) {
        return -1;
      }
      byte[] first = waiting.getFirst();
      count = Math.min(length, first.length - read);
      System.arraycopy(first, read, to, offset, count);
      read += count;
      if (read == first.length) {
        waiting.removeFirst();
        read = 0;
        done = waiting.isEmpty() ? emptied : null;
      }
    }
    if (done != null) {
      done.complete(null);
    }
    return count;
  }

  private void tellThatAllIsRead() {
    CompletableFuture<Void> waited;
    synchronized (this) {
      if (!waiting.isEmpty()) {
        return;
      }
      waited = settled;
    }
    waited.complete(null);
  }

  @Override
  public boolean isSeekable() {
    return false;
  }

  @Override
  public void seek(long position) throws IOException {
    throw new IOException("a live stream has no way back");
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public void close() {
    CompletableFuture<Void> done;
    CompletableFuture<Void> waited;
    synchronized (this) {
      closed = true;
      waiting.clear();
      done = emptied;
      waited = settled;
      notifyAll();
    }
    done.complete(null);
    waited.complete(null);
  }
}
