package dev.parley.hub.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages as lines to standard output from a thread of its own, as many at once as wait: an
 * event loop never waits for a terminal, and a busy hub pays for few writes. The queue is bounded;
 * what does not fit is dropped, counted, and told in a line of its own.
 */
public final class LineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

  private static final int LINES_MAX = 8_192;
  private static final int BATCH_BYTES = 64 * 1_024;

  /** Room for one more line, so that the buffer seldom grows. */
  private static final int LINE_BYTES = 4 * 1_024;

  private static final long STOP_MILLIS = 2_000;
  private static final long LOOK_NANOS = 5_000_000;
  private static final int LOOKS_BEFORE_REST = 20;

  private final OutputStream out;
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean idle;
  private volatile boolean stopping;
  private @Nullable Thread writer;

  public LineAppender() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  LineAppender(OutputStream out) {
    this.out = out;
  }

  @Override
  public void start() {
    Thread thread = Thread.ofPlatform().name("call-log").daemon().unstarted(this::run);
    writer = thread;
    thread.start();
    super.start();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (waiting.incrementAndGet() > LINES_MAX) {
      waiting.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    lines.add(event.getFormattedMessage());
    if (idle) {
      LockSupport.unpark(writer);
    }
  }

  /** Writes what still waits, then ends. */
  @Override
  public void stop() {
    super.stop();
    Thread thread = writer;
    if (thread == null) {
      return;
    }
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH_BYTES + LINE_BYTES);
    int quietLooks = 0;
    while (true) {
      batch.reset();
      collect(batch);
      if (batch.size() > 0) {
        quietLooks = 0;
        write(batch);
        pause();
      } else if (stopping) {
        return;
      } else if (quietLooks < LOOKS_BEFORE_REST) {
        quietLooks++;
        pause();
      } else {
        rest();
      }
    }
  }

  /** Lets lines gather, so that many leave in one write. */
  private void pause() {
    if (!stopping) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  /** To wake a thread costs the event loop more than the line: only a hub at rest pays for it. */
  private void rest() {
    idle = true;
    // A line that came between the last look and the flag is seen here.
    if (lines.isEmpty() && !stopping) {
      LockSupport.park(this);
    }
    idle = false;
  }

  private void collect(ByteArrayOutputStream batch) {
    String line = lines.poll();
    while (line != null) {
      waiting.decrementAndGet();
      put(line, batch);
      line = batch.size() < BATCH_BYTES ? lines.poll() : null;
    }
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      put("{\"dropped_call_lines\":" + lost + "}", batch);
    }
  }

  private static void put(String line, ByteArrayOutputStream batch) {
    batch.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    batch.write('\n');
  }

  private void write(ByteArrayOutputStream batch) {
    try {
      batch.writeTo(out);
      out.flush();
    } catch (IOException e) {
      addError("the call log cannot be written", e);
    }
  }
}
