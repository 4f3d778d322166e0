package dev.parley.hub.bench.codec;

import dev.parley.core.time.Clock;
import dev.parley.hub.bench.process.BenchFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Notes which mutant is decoded, and ends the process when one takes too long. */
final class Watch {

  static final int HUNG = 4;

  private static final long MILLIS_MAX = 20_000;
  private static final long LOOK_MILLIS = 200;
  private static final long NONE = -1;

  private final AtomicLong current = new AtomicLong(NONE);
  private final Clock clock;
  private final MappedByteBuffer note;
  private volatile long since;
  private volatile long slowestNanos;

  private Watch(Clock clock, MappedByteBuffer note) {
    this.clock = clock;
    this.note = note;
  }

  /** Begins to look; keeps the number in {@code file}, which outlives a crash of this process. */
  static Watch start(FuzzOptions options, Path file, Clock clock, PrintStream out) {
    Watch watch;
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      watch = new Watch(clock, channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    } catch (IOException e) {
      throw new BenchFailure("no file for the number: " + e.getMessage(), e);
    }
    Thread.ofPlatform().daemon().name("watch").start(() -> watch.look(options, out));
    return watch;
  }

  void begins(long number) {
    ends();
    since = clock.nanoTime();
    note.putLong(0, number);
    current.set(number);
  }

  /** The words for the mutant that a process was at when it died. */
  static String last(FuzzOptions options, Path file) {
    try {
      return FuzzRun.replay(options, ByteBuffer.wrap(Files.readAllBytes(file)).getLong());
    } catch (IOException | BufferUnderflowException _) {
      return "its start";
    }
  }

  void ends() {
    if (current.getAndSet(NONE) != NONE) {
      slowestNanos = Math.max(slowestNanos, clock.nanoTime() - since);
    }
  }

  long slowestMillis() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
  }

  private void look(FuzzOptions options, PrintStream out) {
    while (true) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException _) {
        return;
      }
      long number = current.get();
      long taken = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - since);
      if (number != NONE && number == current.get() && taken > MILLIS_MAX) {
        out.println(FuzzRun.replay(options, number) + " takes longer than " + taken + " ms");
        Runtime.getRuntime().halt(HUNG);
      }
    }
  }
}
