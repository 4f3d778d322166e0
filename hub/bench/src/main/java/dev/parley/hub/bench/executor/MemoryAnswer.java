package dev.parley.hub.bench.executor;

import dev.parley.core.model.DocumentEvent;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * An answer that is there already: hands on prepared events as they are asked for, at once and on
 * the asking thread, and allocates nothing for each.
 */
record MemoryAnswer(List<DocumentEvent> events) implements Flow.Publisher<DocumentEvent> {

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
    subscriber.onSubscribe(new Run(subscriber));
  }

  private final class Run implements Flow.Subscription {

    private final Flow.Subscriber<? super DocumentEvent> subscriber;
    private long demand;
    private int at;
    private boolean emitting;
    private boolean over;

    Run(Flow.Subscriber<? super DocumentEvent> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      // Whoever asks for the next event while he takes one is served by the loop that serves him.
      if (emitting) {
        return;
      }
      emitting = true;
      while (!over && demand > 0 && at < events.size()) {
        demand--;
        subscriber.onNext(events.get(at++));
      }
      if (!over && at == events.size()) {
        over = true;
        subscriber.onComplete();
      }
      emitting = false;
    }

    @Override
    public void cancel() {
      over = true;
    }
  }
}
