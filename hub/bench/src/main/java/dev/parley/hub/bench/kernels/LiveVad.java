package dev.parley.hub.bench.kernels;

import dev.parley.gpu.vad.StreamingDetector;
import dev.parley.gpu.vad.live.LiveDetections;
import dev.parley.gpu.vad.live.LiveListener;
import dev.parley.gpu.vad.live.LiveSettings;
import dev.parley.gpu.vad.live.LiveStatus;
import dev.parley.gpu.vad.live.LiveStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Live signals in real time: each offers a packet of 20 ms every 20 ms, out of step with the
 * others. What counts is how long after the packet that completes a chunk its probability is told.
 */
public final class LiveVad {

  private static final int PACKET = 320;
  private static final long PACKET_NANOS = 20_000_000;
  private static final long WARM_NANOS = 2_000_000_000;

  /** Chunks of a signal whose times of completion are kept: more than its buffer holds. */
  private static final int KEPT = 256;

  private LiveVad() {}

  /**
   * What was measured, after two seconds that do not count.
   *
   * @param streams signals
   * @param chunks probabilities told
   * @param p50Millis median of the delay
   * @param p99Millis 99 of 100 delays are shorter
   * @param maxMillis the longest
   * @param cores processor time of the whole program by wall time
   * @param refusedSamples samples for which there was no room
   * @param lateMillis how late packets were at most: above a few, the feeder had too little time
   * @param status what the detection says of itself, the first seconds included
   */
  public record Result(
      int streams,
      long chunks,
      double p50Millis,
      double p99Millis,
      double maxMillis,
      double cores,
      long refusedSamples,
      double lateMillis,
      LiveStatus status) {

    /** One line for people. */
    public String line() {
      return "%d streams: p50 %.1f ms, p99 %.1f ms, max %.1f ms; %.2f cores, mean batch %.1f"
          .formatted(
              streams,
              p50Millis,
              p99Millis,
              maxMillis,
              cores,
              (double) status.rows() / Math.max(1, status.runs()));
    }
  }

  /**
   * Runs {@code streams} signals for {@code seconds} on this thread and those of the detection, as
   * many as a hub would take.
   *
   * @param signal at least a second at 16 kHz; each stream starts elsewhere in it and repeats it
   * @throws IllegalStateException when the detection fails
   */
  public static Result run(
      StreamingDetector detector, LiveSettings settings, float[] signal, int streams, int seconds) {
    Histogram delays = new Histogram(60_000_000_000L, 3);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    try (LiveDetections detection =
        new LiveDetections(detector, settings, System::nanoTime, threads)) {
      detection.start();
      List<Caller> callers = new ArrayList<>();
      long start = System.nanoTime() + 100_000_000;
      for (int i = 0; i < streams; i++) {
        long due = start + PACKET_NANOS * i / streams;
        Caller caller =
            new Caller(detector.chunkSamples(), due, start + WARM_NANOS, i * 997, delays, failure);
        caller.stream = detection.open(caller);
        callers.add(caller);
      }
      Feeder feeder = new Feeder(signal, callers, failure);
      feeder.feed(start + WARM_NANOS);
      long cpu = cpuNanos();
      long from = System.nanoTime();
      feeder.lateNanosMax = 0;
      feeder.feed(start + WARM_NANOS + Duration.ofSeconds(seconds).toNanos());
      double cores = (double) (cpuNanos() - cpu) / (System.nanoTime() - from);
      LiveStatus status = detection.status();
      callers.forEach(caller -> caller.stream().close());
      synchronized (delays) {
        return new Result(
            streams,
            delays.getTotalCount(),
            delays.getValueAtPercentile(50) / 1e6,
            delays.getValueAtPercentile(99) / 1e6,
            delays.getMaxValue() / 1e6,
            cores,
            feeder.refused,
            feeder.lateNanosMax / 1e6,
            status);
      }
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  /** Offers packets when they are due, one caller after the other. */
  private static final class Feeder {
    private final float[] signal;
    private final List<Caller> callers;
    private final AtomicReference<RuntimeException> failure;
    private int next;
    private long refused;
    private long lateNanosMax;

    private Feeder(
        float[] signal, List<Caller> callers, AtomicReference<RuntimeException> failure) {
      this.signal = signal;
      this.callers = callers;
      this.failure = failure;
    }

    private void feed(long until) {
      while (true) {
        Caller caller = callers.get(next);
        if (caller.due >= until) {
          return;
        }
        RuntimeException failed = failure.get();
        if (failed != null) {
          throw new IllegalStateException("live detection failed", failed);
        }
        long now = System.nanoTime();
        if (now < caller.due) {
          LockSupport.parkNanos(caller.due - now);
          continue;
        }
        lateNanosMax = Math.max(lateNanosMax, now - caller.due);
        refused += caller.offer(signal);
        next = (next + 1) % callers.size();
      }
    }
  }

  /** A signal, and when its chunks were complete. */
  private static final class Caller implements LiveListener {
    private final int chunkSamples;
    private final long countFrom;
    private final Histogram delays;
    private final AtomicReference<RuntimeException> failure;
    private final AtomicLongArray completed = new AtomicLongArray(KEPT);
    private final float[] packet = new float[PACKET];
    private @Nullable LiveStream stream;
    private long due;
    private int place;
    private long offered;

    private Caller(
        int chunkSamples,
        long due,
        long countFrom,
        int place,
        Histogram delays,
        AtomicReference<RuntimeException> failure) {
      this.chunkSamples = chunkSamples;
      this.due = due;
      this.countFrom = countFrom;
      this.place = place;
      this.delays = delays;
      this.failure = failure;
    }

    private LiveStream stream() {
      return Objects.requireNonNull(stream);
    }

    private int offer(float[] signal) {
      for (int i = 0; i < PACKET; i++) {
        packet[i] = signal[(place + i) % signal.length];
      }
      place = (place + PACKET) % signal.length;
      due += PACKET_NANOS;
      long before = offered / chunkSamples;
      long now = System.nanoTime();
      for (long chunk = before; chunk < (offered + PACKET) / chunkSamples; chunk++) {
        completed.set((int) (chunk % KEPT), now);
      }
      int taken = stream().offer(packet, 0, PACKET);
      offered += taken;
      return PACKET - taken;
    }

    @Override
    public void heard(long chunk, float probability) {
      long complete = completed.get((int) (chunk % KEPT));
      if (complete >= countFrom) {
        synchronized (delays) {
          delays.recordValue(Math.max(0, System.nanoTime() - complete));
        }
      }
    }

    @Override
    public void finished() {}

    @Override
    public void failed(RuntimeException reason) {
      failure.compareAndSet(null, reason);
    }
  }
}
