package dev.parley.gpu.vad.live;

import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.vad.ChunkBatch;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One live signal. {@link #offer} and {@link #finish} are for one thread at a time, {@link #close}
 * for any; none of them waits.
 */
public final class LiveStream implements AutoCloseable {

  private final LiveDetection detection;
  private final LiveListener listener;
  private final ChunkBatch.Row row;
  private final int chunkSamples;
  private final int chunksMax;

  /** Whole chunks that wait to be heard, at most {@code chunksMax}. */
  private final Queue<float[]> whole = new ConcurrentLinkedQueue<>();

  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean over = new AtomicBoolean();

  /** Whether it stands in the queue of those that have something to be heard. */
  private final AtomicBoolean queued = new AtomicBoolean();

  private volatile boolean ended;
  private volatile long readySince;

  /** Whether others need not be waited for: it waited already, or only its end is left. */
  private volatile boolean hurried;

  private volatile @Nullable RuntimeException failure;

  // Of the thread that offers.
  private float @Nullable [] filling;
  private int filled;

  // Of the thread that runs.
  private long heard;
  private long told;
  private float last;

  LiveStream(
      LiveDetection detection,
      LiveListener listener,
      ChunkBatch.Row row,
      int chunkSamples,
      int chunksMax) {
    this.detection = detection;
    this.listener = listener;
    this.row = row;
    this.chunkSamples = chunkSamples;
    this.chunksMax = chunksMax;
  }

  /**
   * Takes the samples that come next, full scale 1, as far as the buffer has room.
   *
   * @return how many were taken; fewer than {@code length} when too many wait to be heard
   * @throws ModelFailedException when the signal has failed
   * @throws IllegalStateException when it was finished or closed
   */
  public int offer(float[] samples, int offset, int length) {
    requireOpen();
    int taken = 0;
    while (taken < length) {
      float[] chunk = filling;
      if (chunk == null) {
        if (waiting.get() >= chunksMax) {
          return taken;
        }
        chunk = detection.block();
        filling = chunk;
        filled = 0;
      }
      int piece = Math.min(length - taken, chunkSamples - filled);
      System.arraycopy(samples, offset + taken, chunk, filled, piece);
      taken += piece;
      filled += piece;
      if (filled == chunkSamples) {
        push(chunk);
      }
    }
    return taken;
  }

  /**
   * The signal ends; zeros fill its last chunk. The listener is told when all was heard.
   *
   * @throws IllegalStateException when it was finished or closed
   */
  public void finish() {
    requireOpen();
    float[] chunk = filling;
    if (chunk != null && filled > 0) {
      Arrays.fill(chunk, filled, chunkSamples, 0);
      push(chunk);
    }
    // Only now: whoever sees the end must find all chunks before it.
    ended = true;
    announce(true);
  }

  /** Drops what was not heard. A call of the listener may be under way; no other one follows. */
  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      detection.gone(this);
    }
  }

  private void requireOpen() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new ModelFailedException("the signal has failed: " + failed.getMessage(), failed);
    }
    if (ended || over.get()) {
      throw new IllegalStateException(
          "the signal was " + (ended ? "finished" : "closed") + " (expected: an open one)");
    }
  }

  private void push(float[] chunk) {
    filling = null;
    whole.add(chunk);
    waiting.incrementAndGet();
    announce(false);
  }

  private void announce(boolean inHaste) {
    if (queued.compareAndSet(false, true)) {
      readySince = detection.now();
      hurried = inHaste;
      detection.ready(this);
    }
  }

  ChunkBatch.Row row() {
    return row;
  }

  /** When the chunk that is to be heard next was complete, as far as is known. */
  long readySince() {
    return readySince;
  }

  boolean hurried() {
    return hurried;
  }

  /** Moves the next chunk into the row; says whether there was one. */
  boolean take() {
    if (over.get()) {
      return false;
    }
    float[] chunk = whole.poll();
    if (chunk == null) {
      return false;
    }
    waiting.decrementAndGet();
    System.arraycopy(chunk, 0, row.chunk(), 0, chunkSamples);
    detection.release(chunk);
    return true;
  }

  /** Tells what the last run found. */
  void tell() {
    heard++;
    if (row.ready() && !over.get()) {
      last = row.probability();
      call(() -> listener.heard(told++, last));
    }
  }

  /** Goes back to the queue if there is more; ends if that was all. */
  void settle() {
    if (waiting.get() > 0 && !over.get()) {
      readySince = detection.now();
      hurried = true;
      detection.ready(this);
      return;
    }
    if (ended && waiting.get() == 0) {
      while (told < heard && !over.get()) {
        call(() -> listener.heard(told++, last));
      }
      if (over.compareAndSet(false, true)) {
        detection.gone(this);
        call(listener::finished);
      }
      return;
    }
    queued.set(false);
    // Something may have come before the flag fell.
    if (!over.get() && (waiting.get() > 0 || ended)) {
      announce(ended);
    }
  }

  void fail(RuntimeException reason) {
    if (over.compareAndSet(false, true)) {
      failure = reason;
      detection.gone(this);
      try {
        listener.failed(reason);
      } catch (RuntimeException | Error _) {
        // It was its last call, and nobody else is there to be told.
      }
    }
  }

  private void call(Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      // It must not end the thread that all the others need.
      fail(new IllegalStateException("the listener failed: " + e, e));
    }
  }
}
