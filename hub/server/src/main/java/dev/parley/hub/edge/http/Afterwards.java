package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done once the answer of a request has ended, however it did. All of it hangs on one
 * listener, as each is a future that the request's log goes through at every step. Thread-safe.
 */
public final class Afterwards {

  private static final AttributeKey<Afterwards> KEY =
      AttributeKey.valueOf(Afterwards.class, "AFTERWARDS");

  /** In the order in which it is done; null once it is. */
  private @Nullable List<Runnable> works = new ArrayList<>(3);

  private Afterwards() {}

  /** Runs {@code work} once the answer has ended, at once where it has; it must not wait. */
  public static void run(ServiceRequestContext ctx, Runnable work) {
    Afterwards known = ctx.attr(KEY);
    if (known != null) {
      known.add(work);
      return;
    }
    Afterwards first = new Afterwards();
    ctx.setAttr(KEY, first);
    first.add(work);
    // A request that is refused while it arrives is never complete itself.
    var _ = ctx.log().whenAvailable(RequestLogProperty.RESPONSE_END_TIME).thenRun(first::ended);
  }

  private void add(Runnable work) {
    synchronized (this) {
      if (works != null) {
        works.add(work);
        return;
      }
    }
    work.run();
  }

  private void ended() {
    List<Runnable> left;
    synchronized (this) {
      left = works == null ? List.of() : works;
      works = null;
    }
    run(left, 0);
  }

  /** What fails keeps nothing else from being done. */
  private static void run(List<Runnable> works, int from) {
    if (from < works.size()) {
      try {
        works.get(from).run();
      } finally {
        run(works, from + 1);
      }
    }
  }
}
