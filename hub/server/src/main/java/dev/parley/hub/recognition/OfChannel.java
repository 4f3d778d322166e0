package dev.parley.hub.recognition;

import java.util.concurrent.Flow;

/** The events of a clip, with the channel that it was heard on. */
record OfChannel(int channel, Flow.Publisher<PieceEvent> events)
    implements Flow.Publisher<Writing.Event> {

  @Override
  public void subscribe(Flow.Subscriber<? super Writing.Event> subscriber) {
    events.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(PieceEvent event) {
            subscriber.onNext(new Writing.Event(channel, event));
          }

          @Override
          public void onError(Throwable failure) {
            subscriber.onError(failure);
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
