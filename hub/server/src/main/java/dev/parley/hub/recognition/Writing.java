package dev.parley.hub.recognition;

import dev.parley.core.error.HubException;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.time.Clock;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of clips on as those of the whole sound: deltas and stretches as they come, at
 * the end all of it. Where somebody else tells the speakers apart, stretches wait for him. Belongs
 * to the caller's event loop.
 */
final class Writing implements Flow.Subscriber<Writing.Event>, Flow.Subscription {

  /** An event of a clip, and the channel of the clip. */
  record Event(int channel, PieceEvent event) {}

  /** Tells who said what, some time. */
  interface Turns {
    /** The stretches with their speakers. */
    CompletableFuture<List<RecognizedEvent.Stretch>> told(List<RecognizedEvent.Stretch> stretches);

    /** Nobody wants to know any more. */
    void cancel();
  }

  private final Flow.Subscriber<? super RecognizedEvent> subscriber;
  private final CallRecord record;
  private final Clock clock;
  private final Executor loop;
  private final boolean stream;
  private final @Nullable Turns turns;
  private final DoubleSupplier seconds;
  private final boolean inOrder;
  private final Stitching stitching = new Stitching();
  private final ArrayDeque<RecognizedEvent> queue = new ArrayDeque<>();
  private Flow.@Nullable Subscription upstream;
  private long demand;
  private boolean asked;
  private boolean complete;
  private boolean draining;
  private boolean over;

  /**
   * @param stream whether deltas are wanted
   * @param turns who tells speakers apart; null where nobody does, or the models themselves
   * @param seconds length of the sound, once all of it was read
   * @param inOrder whether clips come in the order of the sound
   */
  Writing(
      Flow.Subscriber<? super RecognizedEvent> subscriber,
      CallRecord record,
      Clock clock,
      Executor loop,
      boolean stream,
      @Nullable Turns turns,
      DoubleSupplier seconds,
      boolean inOrder) {
    this.subscriber = subscriber;
    this.record = record;
    this.clock = clock;
    this.loop = loop;
    this.stream = stream;
    this.turns = turns;
    this.seconds = seconds;
    this.inOrder = inOrder;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    ask();
  }

  private void ask() {
    if (upstream != null && !asked && queue.isEmpty() && demand > 0 && !over) {
      asked = true;
      upstream.request(1);
    }
  }

  @Override
  public void onNext(Event event) {
    asked = false;
    if (over) {
      return;
    }
    switch (event.event()) {
      case PieceEvent.Opened() -> {}
      case PieceEvent.Delta delta -> delta(delta);
      case PieceEvent.Written written -> {
        Transcript told = stitching.joined(written.piece(), written.transcript(), written.words());
        String untold = written.piece().isShared() ? told.text() : written.untold();
        if (!untold.isEmpty()) {
          delta(new PieceEvent.Delta(untold, List.of()));
        }
        stitching.nextClip();
        List<RecognizedEvent.Stretch> added = stitching.add(event.channel(), written.piece(), told);
        note(written);
        if (turns == null && inOrder) {
          queue.addAll(added);
        }
      }
    }
    drain();
  }

  /** Whoever leaves before the end has had this much. */
  private void note(PieceEvent.Written written) {
    long millis = Math.round(written.piece().end() * 1_000);
    record.audioMillis(Math.max(record.audioMillis(), millis));
    RecognitionUsage used = stitching.usage();
    if (used.hasTokens()) {
      record.usage(tokens(used));
    }
  }

  static TokenUsage tokens(RecognitionUsage used) {
    return new TokenUsage(
        used.inputTokens().orElse(TokenUsage.UNKNOWN),
        used.outputTokens().orElse(TokenUsage.UNKNOWN),
        used.totalTokens().orElse(TokenUsage.UNKNOWN),
        TokenUsage.UNKNOWN,
        TokenUsage.UNKNOWN,
        used.audioTokens().orElse(TokenUsage.UNKNOWN),
        TokenUsage.UNKNOWN);
  }

  private void delta(PieceEvent.Delta delta) {
    String added = stitching.delta(delta.text());
    if (!added.isEmpty()) {
      record.firstByte(clock.nanoTime());
      record.events(1);
      if (stream) {
        queue.add(new RecognizedEvent.Delta(added, delta.logprobs()));
      }
    }
  }

  @Override
  public void onComplete() {
    if (over) {
      return;
    }
    record.audioMillis(Math.round(seconds.getAsDouble() * 1_000));
    Turns tellers = turns;
    if (tellers == null) {
      written(stitching.stretches(), !inOrder);
      return;
    }
    var _ =
        tellers
            .told(stitching.stretches())
            .whenCompleteAsync(
                (told, failure) -> {
                  if (over) {
                    return;
                  }
                  if (failure != null) {
                    fail(failure);
                  } else {
                    written(told, true);
                  }
                },
                loop);
  }

  private void written(List<RecognizedEvent.Stretch> told, boolean untold) {
    RecognizedEvent.Written all = stitching.written(told, seconds.getAsDouble());
    if (untold) {
      queue.addAll(all.stretches());
    }
    queue.add(all);
    complete = true;
    drain();
  }

  private void drain() {
    if (draining) {
      return;
    }
    draining = true;
    while (!over && demand > 0 && !queue.isEmpty()) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      subscriber.onNext(queue.remove());
    }
    draining = false;
    if (!over && complete && queue.isEmpty()) {
      over = true;
      subscriber.onComplete();
    } else {
      ask();
    }
  }

  @Override
  public void onError(Throwable failure) {
    fail(failure);
  }

  /** What went wrong is told behind what is known. */
  void fail(Throwable failure) {
    if (!over) {
      over = true;
      if (turns != null) {
        turns.cancel();
      }
      if (upstream != null) {
        upstream.cancel();
      }
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      subscriber.onError(cause instanceof HubException ? cause : failure);
    }
  }

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
      return;
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      if (upstream != null) {
        upstream.cancel();
      }
      if (turns != null) {
        turns.cancel();
      }
    }
  }

  boolean isOver() {
    return over;
  }
}
