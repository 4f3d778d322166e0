package dev.parley.hub.edge.http;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.netty.util.AsciiString;
import io.netty.util.AttributeKey;
import java.util.function.Supplier;

/** Gives every request an id, the caller's own where it is usable, and puts it on every answer. */
public final class RequestIds extends SimpleDecoratingHttpService {

  /** The header that carries it, both ways. */
  public static final String NAME = "x-request-id";

  private static final AsciiString HEADER = AsciiString.cached(NAME);
  private static final int CHARS_MAX = 128;
  private static final AttributeKey<String> ID =
      AttributeKey.valueOf(RequestIds.class, "requestId");

  private final Supplier<String> generator;

  public RequestIds(HttpService delegate, Supplier<String> generator) {
    super(delegate);
    this.generator = generator;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest req) throws Exception {
    String given = req.headers().get(HEADER);
    String id = given != null && isUsable(given) ? given : generator.get();
    ctx.setAttr(ID, id);
    ctx.setAdditionalResponseHeader(HEADER, id);
    return unwrap().serve(ctx, req);
  }

  /** The id of the request that this context serves. */
  public static String of(ServiceRequestContext ctx) {
    String id = ctx.attr(ID);
    return id == null ? ctx.id().shortText() : id;
  }

  private static boolean isUsable(String id) {
    if (id.isEmpty() || id.length() > CHARS_MAX) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }
}
