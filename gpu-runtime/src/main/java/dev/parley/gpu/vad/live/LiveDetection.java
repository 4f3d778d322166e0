package dev.parley.gpu.vad.live;

import dev.parley.gpu.device.ModelFailedException;
import dev.parley.gpu.vad.ChunkBatch;
import dev.parley.gpu.vad.StreamingDetector;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears many live signals with one detector: whoever has a whole chunk ready is advanced in the
 * next run, together with all others that are. One thread of its own computes; callers only hand
 * over samples. Thread-safe.
 *
 * <p>When a run fails, all signals that are open end with that failure; signals opened later are
 * tried anew.
 */
public final class LiveDetection implements AutoCloseable {

  private final StreamingDetector detector;
  private final LiveSettings settings;
  private final LongSupplier nanos;
  private final ChunkBatch batch;
  private final long waitNanosMax;
  private final int chunksMax;

  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger open = new AtomicInteger();

  /** Signals with a chunk to be heard, or with an end; each at most once. */
  private final Queue<LiveStream> queue = new ConcurrentLinkedQueue<>();

  private final AtomicInteger queueLength = new AtomicInteger();

  /** Blocks of a chunk's length that nobody uses; no more are kept than signals may be open. */
  private final Queue<float[]> spare = new ConcurrentLinkedQueue<>();

  private final AtomicInteger spareCount = new AtomicInteger();

  private final @Nullable LiveStream[] gathered;
  private final ChunkBatch.@Nullable Row[] rows;
  private volatile @Nullable Thread thread;
  private volatile boolean idle;
  private volatile boolean closed;
  private final AtomicLong runs = new AtomicLong();
  private final AtomicLong rowsRun = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long largestWaitNanos;

  /**
   * Prepares buffers; nothing is heard before {@link #start}.
   *
   * @param detector must stay open longer than this
   * @param nanos a clock that never goes back, in nanoseconds
   */
  public LiveDetection(StreamingDetector detector, LiveSettings settings, LongSupplier nanos) {
    this.detector = detector;
    this.settings = settings;
    this.nanos = nanos;
    this.batch = detector.batch(settings.batchMax());
    this.waitNanosMax = settings.waitMax().toNanos();
    long samplesMax = settings.bufferMax().toMillis() * StreamingDetector.RATE_HZ / 1000;
    this.chunksMax = Math.toIntExact(Math.ceilDiv(samplesMax, detector.chunkSamples()));
    this.gathered = new LiveStream[settings.batchMax()];
    this.rows = new ChunkBatch.Row[settings.batchMax()];
  }

  /** Starts the thread that computes. */
  public synchronized void start() {
    if (closed || thread != null) {
      throw new IllegalStateException("live detection was " + (closed ? "closed" : "started"));
    }
    thread = Thread.ofPlatform().name("speech-" + detector.name()).start(this::loop);
  }

  /**
   * A new signal.
   *
   * @throws IllegalStateException when as many are open as may be, or this is closed
   */
  public LiveStream open(LiveListener listener) {
    if (open.incrementAndGet() > settings.streamsMax()) {
      open.decrementAndGet();
      throw new IllegalStateException(
          "live signals: one more than " + settings.streamsMax() + " (expected: fewer at a time)");
    }
    LiveStream stream =
        new LiveStream(this, listener, batch.open(), detector.chunkSamples(), chunksMax);
    streams.add(stream);
    if (closed) {
      stream.close();
      throw new IllegalStateException("live detection was closed");
    }
    return stream;
  }

  /** What it has done. */
  public LiveStatus status() {
    return new LiveStatus(
        open.get(), runs.get(), rowsRun.get(), failures.get(), Duration.ofNanos(largestWaitNanos));
  }

  /**
   * Without a thread: advances the signals that are ready, at most a batch of them, by one chunk.
   *
   * @return how many were advanced
   */
  public int runOnce() {
    if (thread != null) {
      throw new IllegalStateException("live detection has a thread that runs it");
    }
    return advance();
  }

  /** Stops the thread; signals that are still open fail. */
  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      running = thread;
    }
    if (running != null) {
      LockSupport.unpark(running);
      join(running);
    }
    failAll(new ModelFailedException("live detection was closed"));
    batch.close();
  }

  /** A run takes milliseconds, and no other one follows. */
  private static void join(Thread running) {
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      LiveStream first = queue.peek();
      if (first == null) {
        rest();
      } else {
        if (!first.hurried()) {
          gather(first.readySince() + waitNanosMax);
        }
        advance();
      }
    }
  }

  private void rest() {
    idle = true;
    if (queue.peek() == null && !closed) {
      LockSupport.park(this);
      // Nobody has a reason to interrupt it, and a park would no longer wait.
      boolean _ = Thread.interrupted();
    }
    idle = false;
  }

  private void gather(long until) {
    while (queueLength.get() < settings.batchMax() && !closed) {
      long left = until - nanos.getAsLong();
      if (left <= 0) {
        return;
      }
      LockSupport.parkNanos(this, Math.min(left, waitNanosMax));
    }
  }

  private int advance() {
    int count = 0;
    int seen = queueLength.get();
    for (int i = 0; i < seen && count < gathered.length; i++) {
      LiveStream stream = queue.poll();
      if (stream == null) {
        break;
      }
      queueLength.decrementAndGet();
      if (stream.take()) {
        gathered[count] = stream;
        rows[count] = stream.row();
        count++;
      } else {
        stream.settle();
      }
    }
    if (count > 0 && run(count)) {
      tell(count);
    }
    Arrays.fill(gathered, null);
    Arrays.fill(rows, null);
    return count;
  }

  private boolean run(int count) {
    try {
      batch.run(rows, count);
    } catch (RuntimeException | Error e) {
      // The thread goes on whatever it was: a signal that nobody hears must never look silent.
      failures.incrementAndGet();
      failAll(
          e instanceof ModelFailedException failure
              ? failure
              : new ModelFailedException("detector " + detector.name() + " failed: " + e, e));
      return false;
    }
    runs.incrementAndGet();
    rowsRun.addAndGet(count);
    return true;
  }

  private void tell(int count) {
    for (int i = 0; i < count; i++) {
      LiveStream stream = gathered[i];
      long waited = nanos.getAsLong() - stream.readySince();
      largestWaitNanos = Math.max(largestWaitNanos, waited);
      stream.tell();
      stream.settle();
    }
  }

  private void failAll(RuntimeException failure) {
    for (LiveStream stream : List.copyOf(streams)) {
      stream.fail(failure);
    }
  }

  void ready(LiveStream stream) {
    queue.add(stream);
    int length = queueLength.incrementAndGet();
    if (idle || length >= settings.batchMax()) {
      LockSupport.unpark(thread);
    }
  }

  void gone(LiveStream stream) {
    if (streams.remove(stream)) {
      open.decrementAndGet();
    }
  }

  long now() {
    return nanos.getAsLong();
  }

  float[] block() {
    float[] block = spare.poll();
    if (block == null) {
      return new float[detector.chunkSamples()];
    }
    spareCount.decrementAndGet();
    return block;
  }

  void release(float[] block) {
    if (spareCount.incrementAndGet() > settings.streamsMax()) {
      spareCount.decrementAndGet();
    } else {
      spare.add(block);
    }
  }
}
