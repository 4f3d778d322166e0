package dev.parley.hub.bench.executor;

import dev.parley.core.model.DocumentEvent;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes an answer one event at a time, as the edge does, and knows whether it came whole. */
final class Taker implements Flow.Subscriber<DocumentEvent> {

  private Flow.@Nullable Subscription subscription;
  private int events;
  private boolean complete;

  @Override
  public void onSubscribe(Flow.Subscription from) {
    subscription = from;
    from.request(1);
  }

  @Override
  public void onNext(DocumentEvent event) {
    events++;
    if (subscription != null) {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    throw new IllegalStateException("a call failed: " + failure, failure);
  }

  @Override
  public void onComplete() {
    complete = true;
  }

  /**
   * Looks at the end.
   *
   * @throws IllegalStateException when it did not come whole and at once
   */
  void require(int expected) {
    if (!complete || events != expected) {
      throw new IllegalStateException(
          events + " events, complete: " + complete + " (expected: all " + expected + ")");
    }
  }
}
