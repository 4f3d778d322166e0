package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Waits for a piece of a body. */
public final class PartCollector implements Subscriber<HttpObject> {

  private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();

  /** Returns what has come once that piece is in it; the test's own timeout bounds the wait. */
  public String await(String wanted) {
    StringBuilder seen = new StringBuilder();
    try {
      while (seen.indexOf(wanted) < 0) {
        seen.append(parts.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("only came: " + seen, e);
    }
    return seen.toString();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(HttpObject object) {
    if (object instanceof HttpData data) {
      parts.add(data.toStringUtf8());
    }
  }

  @Override
  public void onError(Throwable failure) {
    parts.add("<broken>");
  }

  @Override
  public void onComplete() {
    parts.add("<end>");
  }
}
