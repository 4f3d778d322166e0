package dev.parley.hub.speech;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.Piece;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The caller's end of a synthesis: what was made waits here until he asks for it, numbered by
 * segments, and is noted in the call's record as it leaves. Belongs to the caller's event loop.
 */
final class SpokenOutlet implements Flow.Subscription {

  /** A caller who is so far behind is waited for. */
  private static final int UNSENT_MAX = 16;

  /** Whoever makes what goes out here. */
  interface Source {
    /** The caller takes more. */
    void more();

    /** The caller asks for what cannot be. */
    void fail(Throwable cause);

    /** Nobody wants anything any more. Once, before a failure or the end is told. */
    void stop();
  }

  private final Flow.Subscriber<? super SpokenEvent> subscriber;
  private final CallRecord record;
  private final Clock clock;
  private final Source source;
  private final ArrayDeque<SpokenEvent> unsent = new ArrayDeque<>();
  private long demand;
  private boolean draining;
  private boolean begun;
  private boolean over;
  private @Nullable Throwable failure;
  private boolean complete;

  private String voice = "";
  private String blend = "";
  private Optional<AudioFormat> format = Optional.empty();

  /** The one whose sound is made now. */
  private int segment;

  /** Where the segment begins in the sound that the caller has, and how far he has come in it. */
  private long segmentStartMillis;

  private long segmentMillis;

  SpokenOutlet(
      Flow.Subscriber<? super SpokenEvent> subscriber,
      CallRecord record,
      Clock clock,
      Source source) {
    this.subscriber = subscriber;
    this.record = record;
    this.clock = clock;
    this.source = source;
  }

  /** Introduces itself to the caller. */
  void open() {
    subscriber.onSubscribe(this);
  }

  boolean isOver() {
    return over;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Whether the caller keeps up. */
  boolean hasRoom() {
    return unsent.size() < UNSENT_MAX;
  }

  /** Who speaks; what is said once sound has left changes nothing. */
  void spokenBy(String speaker, String mixture) {
    if (!begun) {
      voice = speaker;
      blend = mixture;
    }
  }

  /** What the bytes are; known when the first of them are there. */
  void format(Optional<AudioFormat> found) {
    format = found;
  }

  /** Sound was made, and {@code after} follows it; nothing leaves before {@link #drain}. */
  void made(List<Piece> pieces, List<SpokenEvent> after) {
    for (Piece made : pieces) {
      unsent.add(new SpokenEvent.Sound(segment, made.data(), made.offsetMs()));
    }
    for (SpokenEvent event : after) {
      unsent.add(event);
      if (event instanceof SpokenEvent.Ended ended) {
        segment = ended.segment() + 1;
      }
    }
  }

  /**
   * No more of the segments up to this one leaves, but for what a stream of frames needs to stay
   * one.
   */
  void cancelUpTo(int last) {
    if (isHeaderless()) {
      unsent.removeIf(event -> !(event instanceof SpokenEvent.Ended));
    }
    for (; segment <= last; segment++) {
      unsent.add(
          new SpokenEvent.Ended(
              segment, SpokenEvent.Ended.Reason.CANCELLED, segmentMillis, Optional.empty()));
      segmentMillis = 0;
    }
    segment = last + 1;
    drain();
  }

  /** Whether any bytes of the sound can be left out. */
  boolean isHeaderless() {
    return format.flatMap(AudioFormat::encoding).stream().allMatch(AudioEncoding::isHeaderless);
  }

  /** What was made leaves, then the failure is told. */
  void fail(Throwable cause) {
    failure = cause;
    drain();
  }

  /** What was made leaves, then the end is told. */
  void complete() {
    complete = true;
    drain();
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      source.fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
      return;
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
    source.more();
  }

  @Override
  public void cancel() {
    if (!over) {
      end();
    }
  }

  /** Hands on as much as the caller asked for. */
  void drain() {
    if (draining || over) {
      return;
    }
    draining = true;
    try {
      while (!over && demand > 0 && !unsent.isEmpty()) {
        handOn();
      }
    } finally {
      draining = false;
    }
    if (over || !unsent.isEmpty()) {
      return;
    }
    Throwable cause = failure;
    if (cause != null) {
      end();
      subscriber.onError(begun ? afterOutput(cause) : cause);
    } else if (complete) {
      end();
      subscriber.onComplete();
    }
  }

  private void handOn() {
    if (!begun && unsent.peek() instanceof SpokenEvent.Sound) {
      begun = true;
      tell(new SpokenEvent.Begun(format.orElseThrow(), voice, blend));
      return;
    }
    SpokenEvent event = unsent.remove();
    switch (event) {
      case SpokenEvent.Sound(_, _, long offset) -> {
        record.firstByte(clock.nanoTime());
        record.events(1);
        segmentMillis = Math.max(0, offset - segmentStartMillis);
        // Whoever leaves within a segment has had this much.
        record.audioMillis(offset);
      }
      case SpokenEvent.Ended(_, _, long millis, _) -> {
        segmentStartMillis += millis;
        record.audioMillis(segmentStartMillis);
      }
      case SpokenEvent.Begun _, SpokenEvent.Marks _ -> {}
    }
    tell(event);
  }

  private void tell(SpokenEvent event) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    subscriber.onNext(event);
  }

  /** Output has left: whoever repeats the call hears it twice. */
  private static Throwable afterOutput(Throwable failure) {
    return failure instanceof HubException known
            && known.error() instanceof HubError.BackendFailed failed
        ? new HubException(
            new HubError.BackendFailed(
                failed.target(), failed.upstreamStatus(), failed.detail(), HubError.Reached.CALLER),
            failure)
        : failure;
  }

  private void end() {
    over = true;
    unsent.clear();
    source.stop();
  }
}
