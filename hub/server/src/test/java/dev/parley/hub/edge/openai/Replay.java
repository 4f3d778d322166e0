package dev.parley.hub.edge.openai;

import dev.parley.core.model.DocumentEvent;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Gives what it has as it is asked for, each request at once, then ends as it was told. */
final class Replay implements Flow.Subscription {

  private final Flow.Subscriber<? super DocumentEvent> subscriber;
  private final Queue<DocumentEvent> left;
  private final @Nullable Throwable failure;
  private final boolean ends;
  private long demand;
  private boolean busy;
  private boolean over;

  Replay(
      Flow.Subscriber<? super DocumentEvent> subscriber,
      List<DocumentEvent> events,
      @Nullable Throwable failure,
      boolean ends) {
    this.subscriber = subscriber;
    this.left = new ArrayDeque<>(events);
    this.failure = failure;
    this.ends = ends;
  }

  @Override
  public void request(long n) {
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    if (busy) {
      return;
    }
    busy = true;
    while (!over && demand > 0 && !left.isEmpty()) {
      demand--;
      subscriber.onNext(left.remove());
    }
    busy = false;
    if (!over && ends && left.isEmpty()) {
      over = true;
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
    }
  }

  @Override
  public void cancel() {
    over = true;
  }
}
