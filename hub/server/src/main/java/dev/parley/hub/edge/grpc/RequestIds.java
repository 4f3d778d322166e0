package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.util.function.Supplier;

/**
 * The id that names the current call: one that was set on its context before, else the caller's own
 * {@code x-request-id} of at most 128 visible ASCII characters, else a fresh one.
 */
public final class RequestIds implements Supplier<String> {

  /** Where the id lies once it is known; who knows it earlier may set it. */
  public static final AttributeKey<String> ATTR =
      AttributeKey.valueOf(RequestIds.class, "REQUEST_ID");

  static final String HEADER = "x-request-id";
  private static final int LENGTH_MAX = 128;

  private final Supplier<String> fresh;

  public RequestIds(Supplier<String> fresh) {
    this.fresh = fresh;
  }

  /**
   * The id of the call whose context is current on this thread.
   *
   * @throws IllegalStateException if there is none
   */
  @Override
  public String get() {
    return of(ServiceRequestContext.current());
  }

  String of(ServiceRequestContext ctx) {
    String known = ctx.attr(ATTR);
    if (known != null) {
      return known;
    }
    String given = ctx.request().headers().get(HEADER);
    String id = given != null && isAccepted(given) ? given : fresh.get();
    ctx.setAttr(ATTR, id);
    return id;
  }

  private static boolean isAccepted(String id) {
    return !id.isEmpty()
        && id.length() <= LENGTH_MAX
        && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
