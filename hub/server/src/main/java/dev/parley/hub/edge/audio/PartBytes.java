package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.StreamMessage;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import io.netty.util.concurrent.EventExecutor;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Collects a small part of a form. */
final class PartBytes implements Subscriber<HttpData> {

  private final int bytesMax;
  private final String name;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> collected = new CompletableFuture<>();
  private @Nullable Subscription from;

  private PartBytes(int bytesMax, String name) {
    this.bytesMax = bytesMax;
    this.name = name;
  }

  static CompletableFuture<byte[]> collect(
      StreamMessage<HttpData> part, EventExecutor loop, int bytesMax, String name) {
    PartBytes bytes = new PartBytes(bytesMax, name);
    part.subscribe(bytes, loop);
    return bytes.collected;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    from = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpData data) {
    if (collected.isDone()) {
      return;
    }
    if (bytes.size() + data.length() > bytesMax) {
      if (from != null) {
        from.cancel();
      }
      collected.completeExceptionally(
          new HubException(new HubError.TooLarge(name, "size of a form's value", bytesMax)));
      return;
    }
    bytes.writeBytes(data.array());
  }

  @Override
  public void onError(Throwable failure) {
    collected.completeExceptionally(new HubException(new HubError.Cancelled(), failure));
  }

  @Override
  public void onComplete() {
    collected.complete(bytes.toByteArray());
  }
}
