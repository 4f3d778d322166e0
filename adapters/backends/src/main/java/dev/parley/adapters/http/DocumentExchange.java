package dev.parley.adapters.http;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One call to a backend, made when it is subscribed to. */
final class DocumentExchange implements Flow.Publisher<DocumentEvent> {

  private final BackendClient client;
  private final DocumentCall call;
  private final Target target;
  private final String path;
  private final Supplier<JsonValue> body;
  private final Supplier<? extends BodyReader> reader;
  private final AtomicBoolean used = new AtomicBoolean();

  DocumentExchange(
      BackendClient client,
      DocumentCall call,
      Target target,
      String path,
      Supplier<JsonValue> body,
      Supplier<? extends BodyReader> reader) {
    this.client = client;
    this.call = call;
    this.target = target;
    this.path = path;
    this.body = body;
    this.reader = reader;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (!used.compareAndSet(false, true)) {
      refuse(subscriber);
      return;
    }
    ExchangeSubscription subscription =
        new ExchangeSubscription(client, target, reader.get(), subscriber);
    subscription.start(
        subscriber, (loop, onLate) -> client.send(call, path, body.get(), loop, onLate));
  }

  static void refuse(Flow.Subscriber<? super DocumentEvent> subscriber) {
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
