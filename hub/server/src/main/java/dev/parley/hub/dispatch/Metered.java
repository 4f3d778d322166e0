package dev.parley.hub.dispatch;

import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.time.Clock;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Passes a call's events on, notes what they show, and closes the record when the call ends. */
final class Metered implements Flow.Subscriber<DocumentEvent>, Flow.Subscription {

  private final Flow.Subscriber<? super DocumentEvent> subscriber;
  private final CallRecord record;
  private final CallEnd log;
  private final Clock clock;
  private Flow.@Nullable Subscription upstream;
  private boolean over;

  Metered(
      Flow.Subscriber<? super DocumentEvent> subscriber,
      CallRecord record,
      CallEnd log,
      Clock clock) {
    this.subscriber = subscriber;
    this.record = record;
    this.log = log;
    this.clock = clock;
  }

  /** The call could not even be planned. */
  void failBeforeStart(RuntimeException failure) {
    subscriber.onSubscribe(this);
    onError(failure);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(DocumentEvent event) {
    switch (event) {
      case DocumentEvent.Opened _ -> {}
      case DocumentEvent.Whole whole -> {
        noteFirstByte();
        record.events(1);
        record.usage(whole.usage());
      }
      case DocumentEvent.Chunks(var chunks) -> {
        noteFirstByte();
        record.events(chunks.size());
        for (Chunk chunk : chunks) {
          record.usage(chunk.usage());
        }
      }
    }
    subscriber.onNext(event);
  }

  private void noteFirstByte() {
    if (record.firstByteMillis() < 0) {
      record.firstByte(clock.nanoTime());
    }
  }

  @Override
  public void onError(Throwable failure) {
    close(Outcomes.of(failure));
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    close(Outcomes.OK);
    subscriber.onComplete();
  }

  @Override
  public void request(long n) {
    if (upstream != null) {
      upstream.request(n);
    }
  }

  @Override
  public void cancel() {
    close(Outcomes.CANCELLED);
    if (upstream != null) {
      upstream.cancel();
    }
  }

  private void close(String outcome) {
    if (!over) {
      over = true;
      log.ended(record, outcome);
    }
  }
}
