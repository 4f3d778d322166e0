package dev.parley.adapters.http;

import dev.parley.core.model.Target;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One call to a backend, made when it is subscribed to. */
final class Exchange<E> implements Flow.Publisher<E> {

  private final BackendClient client;
  private final Outgoing request;
  private final Target target;
  private final Supplier<Body> body;
  private final Supplier<? extends BodyReader<E>> reader;
  private final AtomicBoolean used = new AtomicBoolean();

  Exchange(
      BackendClient client,
      Outgoing request,
      Target target,
      Supplier<Body> body,
      Supplier<? extends BodyReader<E>> reader) {
    this.client = client;
    this.request = request;
    this.target = target;
    this.body = body;
    this.reader = reader;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super E> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (!used.compareAndSet(false, true)) {
      refuse(subscriber);
      return;
    }
    ExchangeSubscription<E> subscription =
        new ExchangeSubscription<>(client, target, reader.get(), subscriber);
    subscription.start(
        subscriber, (loop, onLate) -> client.send(request, body.get(), loop, onLate));
  }

  static void refuse(Flow.Subscriber<?> subscriber) {
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        });
    subscriber.onError(new IllegalStateException("an exchange can be subscribed to once"));
  }
}
