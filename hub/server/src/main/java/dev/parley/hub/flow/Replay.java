package dev.parley.hub.flow;

import java.util.List;
import java.util.concurrent.Flow;

/**
 * Events that are known already, given at the pace of who asks for them. For one subscriber, on one
 * event loop.
 *
 * @param <E> the events
 */
public final class Replay<E> implements Flow.Subscription {

  private final List<E> events;
  private final Flow.Subscriber<? super E> subscriber;
  private int next;
  private long wanted;
  private boolean giving;
  private boolean over;

  /**
   * The subscription to these events. It has to be handed to the subscriber by whoever makes it.
   */
  public Replay(List<E> events, Flow.Subscriber<? super E> subscriber) {
    this.events = List.copyOf(events);
    this.subscriber = subscriber;
  }

  @Override
  public void request(long n) {
    if (over || n <= 0) {
      return;
    }
    wanted = wanted > Long.MAX_VALUE - n ? Long.MAX_VALUE : wanted + n;
    if (giving) {
      // The loop below sees it: whoever asks while it is given to must not be given to twice.
      return;
    }
    giving = true;
    while (!over && wanted > 0 && next < events.size()) {
      wanted--;
      subscriber.onNext(events.get(next++));
    }
    giving = false;
    if (!over && next == events.size()) {
      over = true;
      subscriber.onComplete();
    }
  }

  @Override
  public void cancel() {
    over = true;
  }
}
