package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.logging.RequestLogProperty;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are not answered to the end yet, from the arrival of their heads. Thread-safe;
 * nothing here waits.
 */
public final class OpenRequests {

  private final Set<ServiceRequestContext> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable CompletableFuture<Void> none;

  /** Keeps a request until its answer is written or given up. */
  public void add(ServiceRequestContext ctx) {
    open.add(ctx);
    Afterwards.run(ctx, () -> remove(ctx));
  }

  /** Forgets a request that was turned away. */
  public void remove(ServiceRequestContext ctx) {
    open.remove(ctx);
    tell();
  }

  /** How many are open. */
  public int count() {
    return open.size();
  }

  /** The connections on which these requests came. */
  public Set<Channel> channels() {
    Set<Channel> busy = new HashSet<>();
    for (ServiceRequestContext ctx : open) {
      Channel channel = ctx.log().ensureAvailable(RequestLogProperty.SESSION).channel();
      if (channel != null) {
        busy.add(channel);
      }
    }
    return busy;
  }

  /** Each connection closes after the answers of the requests that are on it now. */
  public void closeConnectionsAfterwards() {
    open.forEach(ctx -> {
      var _ = ctx.initiateConnectionShutdown();
    });
  }

  /** Gives every open request {@code error} for an answer where there is none yet. */
  public void end(HubError error) {
    for (ServiceRequestContext ctx : open) {
      if (!ctx.log().isAvailable(RequestLogProperty.RESPONSE_HEADERS)) {
        ctx.cancel(new HubException(error));
      }
    }
  }

  /** Completes once none is open; ask when no more come. */
  public CompletableFuture<Void> whenNone() {
    CompletableFuture<Void> asked = new CompletableFuture<>();
    none = asked;
    tell();
    return asked;
  }

  private void tell() {
    CompletableFuture<Void> asked = none;
    if (asked != null && open.isEmpty()) {
      asked.complete(null);
    }
  }
}
