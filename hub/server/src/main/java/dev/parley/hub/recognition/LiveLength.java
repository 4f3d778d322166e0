package dev.parley.hub.recognition;

import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/** Passes on what is told of a live stream, and notes how much of it was recognised. */
record LiveLength(Flow.Subscriber<? super LiveEvent> subscriber, CallRecord record)
    implements Flow.Subscriber<LiveEvent> {

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscriber.onSubscribe(subscription);
  }

  @Override
  public void onNext(LiveEvent event) {
    record.audioMillis(event.processedMs());
    if (event instanceof LiveEvent.Result) {
      record.events(1);
    }
    subscriber.onNext(event);
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
