package dev.parley.hub.dispatch;

import dev.parley.core.model.DocumentEvent;
import java.util.concurrent.Flow;

/** Passes an answer on and remembers what the caller has of it. */
record Remembered(Flow.Publisher<DocumentEvent> answer, AnswerSoFar soFar)
    implements Flow.Publisher<DocumentEvent> {

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
    answer.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(DocumentEvent event) {
            soFar.add(event);
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
        });
  }
}
