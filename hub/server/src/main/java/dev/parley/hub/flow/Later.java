package dev.parley.hub.flow;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to something that is not there yet: what is requested is handed on once it is, and
 * what was cancelled meanwhile is cancelled then. Belongs to one event loop.
 */
public final class Later implements Flow.Subscription {

  private Flow.@Nullable Subscription upstream;
  private long wanted;
  private boolean cancelled;

  /** It is there now. */
  public void is(Flow.Subscription there) {
    upstream = there;
    if (cancelled) {
      there.cancel();
    } else if (wanted > 0) {
      long all = wanted;
      wanted = 0;
      there.request(all);
    }
  }

  /** Whether nobody waits any more. */
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void request(long n) {
    Flow.Subscription there = upstream;
    if (there != null) {
      there.request(n);
    } else if (n > 0) {
      wanted = wanted > Long.MAX_VALUE - n ? Long.MAX_VALUE : wanted + n;
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    if (upstream != null) {
      upstream.cancel();
    }
  }
}
