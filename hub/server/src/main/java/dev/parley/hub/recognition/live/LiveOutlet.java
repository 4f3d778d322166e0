package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import dev.parley.hub.recognition.live.LiveEvent.Heard;
import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.concurrent.Flow;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller is told, in the order of the sound and as fast as it is asked for: whatever comes
 * behind a result waits until that result is final. Only the newest interim is kept. Belongs to the
 * caller's event loop.
 */
final class LiveOutlet implements Flow.Subscription {

  /** So many words wait for a slow reader; then no sound is taken any more. */
  private static final int WAITING_MAX = 256;

  /** What waits. */
  private sealed interface Line {
    record Said(Heard event) implements Line {}

    record Awaited(LiveResult result) implements Line {}

    record Failed(Throwable failure) implements Line {}

    record Over(double seconds) implements Line {}
  }

  private final Flow.Subscriber<? super LiveEvent> subscriber;
  private final boolean interims;
  private final Finals finals = new Finals();
  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private final LongSupplier processed;
  private final Runnable drained;
  private final Runnable ending;
  private final LiveOrder effective;
  private @Nullable LiveResult open;
  private boolean started;
  private boolean toldStart;
  private long demand;
  private int nextId;
  private long processedMs;
  private boolean draining;
  private boolean over;

  /**
   * @param effective the settings that are told first
   * @param processed how many samples are done with
   * @param drained runs whenever something may have been told
   * @param ending runs once, when nothing more will be told
   */
  LiveOutlet(
      Flow.Subscriber<? super LiveEvent> subscriber,
      LiveOrder effective,
      LongSupplier processed,
      Runnable drained,
      Runnable ending) {
    this.subscriber = subscriber;
    this.effective = effective;
    this.interims = effective.interims();
    this.processed = processed;
    this.drained = drained;
    this.ending = ending;
  }

  Finals finals() {
    return finals;
  }

  boolean isOver() {
    return over;
  }

  /** Whether the reader is so slow that nothing more should be heard. */
  boolean isFull() {
    return lines.size() >= WAITING_MAX;
  }

  /** The stream is open. */
  void begin() {
    started = true;
    drain();
  }

  /** Tells of something in the sound. */
  void tell(Heard.Kind kind, long sample, int turn, OptionalDouble probability) {
    Heard event = new Heard(kind, millis(sample), turn, probability, 0);
    boolean again =
        kind == Heard.Kind.FINALIZED
            && lines.peekLast() instanceof Line.Said(Heard last)
            && last.equals(event);
    // Whoever asks for the same again before there is an answer gets one answer.
    if (!again) {
      lines.add(new Line.Said(event));
      drain();
    }
  }

  /** The result that grows now. */
  void open(@Nullable LiveResult result) {
    open = result;
  }

  /** A result grows no more; it is told when it is final. */
  void close(LiveResult result) {
    lines.add(new Line.Awaited(result));
    drain();
  }

  /** The stream failed; told behind everything that was heard before. */
  void fail(Throwable failure) {
    lines.add(new Line.Failed(failure));
    drain();
  }

  /** Nothing follows. */
  void finish(long samples) {
    lines.add(new Line.Over(LiveResult.seconds(samples)));
    drain();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      lines.clear();
      fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
      return;
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
  }

  @Override
  public void cancel() {
    end();
  }

  private boolean end() {
    if (over) {
      return false;
    }
    over = true;
    lines.clear();
    open = null;
    ending.run();
    return true;
  }

  /** Tells what there is to tell. */
  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      while (!over && next()) {
        // The next one.
      }
    } finally {
      draining = false;
    }
    drained.run();
  }

  private boolean next() {
    if (!started) {
      return lines.peek() instanceof Line.Failed(Throwable failure) && failed(failure);
    }
    if (!toldStart) {
      return tellStart();
    }
    Line line = lines.peek();
    return switch (line) {
      case null -> interim(open);
      case Line.Said(Heard event) -> demand > 0 && said(event);
      case Line.Awaited(LiveResult result) -> awaited(result);
      case Line.Failed(Throwable failure) -> failed(failure);
      case Line.Over(double seconds) -> demand > 0 && summary(seconds);
    };
  }

  private boolean tellStart() {
    if (demand == 0) {
      return false;
    }
    toldStart = true;
    give(new LiveEvent.Started(effective, 0));
    return true;
  }

  private boolean said(Heard event) {
    lines.remove();
    give(
        new Heard(
            event.kind(), event.offsetMs(), event.turn(), event.probability(), processedMs()));
    return true;
  }

  private boolean awaited(LiveResult result) {
    Throwable failure = result.failure();
    if (failure != null) {
      return failed(failure);
    }
    if (!result.isDone()) {
      return interim(result);
    }
    result.settle();
    if (result.text().isEmpty() && !result.isTold()) {
      // Noise.
      lines.remove();
      return true;
    }
    if (demand == 0) {
      return false;
    }
    lines.remove();
    LiveEvent.Result last = result.last(number(result), processedMs());
    finals.add(last);
    give(last);
    return true;
  }

  private boolean interim(@Nullable LiveResult result) {
    if (!interims || result == null || demand == 0 || !result.hasNews()) {
      return false;
    }
    give(result.interim(number(result), processedMs()));
    return true;
  }

  private int number(LiveResult result) {
    int number = result.number(nextId);
    nextId = Math.max(nextId, number + 1);
    return number;
  }

  private boolean summary(double seconds) {
    lines.remove();
    give(new LiveEvent.Summary(finals.written(seconds), processedMs()));
    if (end()) {
      subscriber.onComplete();
    }
    return false;
  }

  private boolean failed(Throwable failure) {
    if (end()) {
      subscriber.onError(failure);
    }
    return false;
  }

  private void give(LiveEvent event) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    subscriber.onNext(event);
  }

  private long processedMs() {
    processedMs = Math.max(processedMs, millis(processed.getAsLong()));
    return processedMs;
  }

  static long millis(long sample) {
    return sample * 1_000 / Clip.RATE_HZ;
  }
}
