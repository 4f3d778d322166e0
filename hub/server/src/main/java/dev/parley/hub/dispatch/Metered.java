package dev.parley.hub.dispatch;

import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.time.Clock;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/** Passes a call's events on and notes what they show. */
final class Metered implements Flow.Subscriber<DocumentEvent> {

  private final Flow.Subscriber<? super DocumentEvent> subscriber;
  private final CallRecord record;
  private final Clock clock;

  Metered(Flow.Subscriber<? super DocumentEvent> subscriber, CallRecord record, Clock clock) {
    this.subscriber = subscriber;
    this.record = record;
    this.clock = clock;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(subscription);
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
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    subscriber.onComplete();
  }
}
