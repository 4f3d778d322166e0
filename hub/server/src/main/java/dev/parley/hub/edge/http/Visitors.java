package dev.parley.hub.edge.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Scope;
import dev.parley.hub.config.KeyConfig;
import io.netty.util.AttributeKey;
import java.util.Optional;

/** Whose key a request came with, once that is known. */
public final class Visitors {

  private static final AttributeKey<KeyConfig> KEY = AttributeKey.valueOf(Visitors.class, "KEY");

  private Visitors() {}

  /** The request came with this key. */
  public static void note(ServiceRequestContext ctx, KeyConfig key) {
    ctx.setAttr(KEY, key);
  }

  /** What the request's key may be used for; everything where none is needed. */
  public static Scope scope(ServiceRequestContext ctx) {
    KeyConfig key = ctx.attr(KEY);
    return key == null ? Scope.EVERYTHING : key.scope();
  }

  /** The key that the request came with; empty where none is needed. */
  public static Optional<KeyConfig> of(ServiceRequestContext ctx) {
    return Optional.ofNullable(ctx.attr(KEY));
  }

  /** Whose call it is, for what only counts: its key and owner, nothing that the caller says. */
  public static Caller caller(ServiceRequestContext ctx) {
    return of(ctx)
        .map(key -> Caller.ANYONE.withKey(key.name()).withOwner(key.owner()))
        .orElse(Caller.ANYONE);
  }
}
