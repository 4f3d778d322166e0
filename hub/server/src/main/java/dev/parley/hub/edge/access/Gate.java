package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Privacy;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.Finding;
import dev.parley.hub.access.Keys;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.edge.error.ErrorMapper;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.Refusal;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.Afterwards;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.Visitors;
import dev.parley.hub.limits.Entry;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.telemetry.RequestVisit;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in whose callers have a key for what they ask for and have not asked too often, and
 * notes whose key it is for all that comes after. Questions about how the hub is need none. Runs on
 * event loops and never waits.
 *
 * <p>A request that is refused is not read: one that is sent while it is refused still gets its
 * answer. Nothing that its caller showed as a key is told, noted or passed on.
 */
public final class Gate implements DecoratingHttpServiceFunction {

  private static final String NO_KEY =
      "send one as 'authorization: Bearer KEY', x-api-key or api-key";
  private static final String ANOTHER_KEY = "ask the operator of this hub for another one";
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);

  /**
   * What the gate goes by.
   *
   * @param keys all keys, and the rules of the configuration
   * @param loopback whether nobody but this machine reaches the hub
   * @param limits how much callers may use
   */
  public record Parts(
      Keys keys, boolean loopback, Limits limits, QuotasConfig quotas, Clock clock) {}

  private final Keys keys;
  private final boolean loopback;
  private final Limits limits;
  private final Clock clock;
  private final Optional<AddressLimit> requests;
  private final Optional<AddressLimit> failures;

  public Gate(Parts parts) {
    this.keys = parts.keys();
    this.loopback = parts.loopback();
    this.limits = parts.limits();
    this.clock = parts.clock();
    this.requests = parts.quotas().address().map(quota -> new AddressLimit(quota, parts.clock()));
    this.failures = parts.quotas().failures().map(quota -> new AddressLimit(quota, parts.clock()));
  }

  @Override
  public HttpResponse serve(HttpService delegate, ServiceRequestContext ctx, HttpRequest req)
      throws Exception {
    Place place = Place.of(ctx);
    AccessConfig access = keys.access();
    if (place == Place.QUESTION
        || (place == Place.METRICS && access.metrics() == AccessConfig.Metrics.OPEN)) {
      return delegate.serve(ctx, req);
    }
    Caller caller;
    try {
      caller = admit(ctx, req, place, access);
    } catch (HubException e) {
      return refused(ctx, req, e);
    }
    if (!place.isLimited()) {
      admitted(ctx);
      return delegate.serve(ctx, req);
    }
    CompletableFuture<Entry> entering = limits.enter(caller);
    if (entering.isDone()) {
      return entered(delegate, ctx, req, caller, entering);
    }
    return HttpResponse.of(
        entering.handleAsync(
            (_, _) -> {
              try {
                return entered(delegate, ctx, req, caller, entering);
              } catch (Exception e) {
                return HttpResponse.ofFailure(e);
              }
            },
            ctx.eventLoop()));
  }

  /** Once it is known whether the limits let the request in. */
  private HttpResponse entered(
      HttpService delegate,
      ServiceRequestContext ctx,
      HttpRequest req,
      Caller caller,
      CompletableFuture<Entry> entering)
      throws Exception {
    Throwable refusal = entering.isCompletedExceptionally() ? entering.exceptionNow() : null;
    if (refusal != null) {
      StandingHeaders.tell(ctx, limits.standing(caller));
      return refused(ctx, req, refusal);
    }
    Entry entry = entering.resultNow();
    StandingHeaders.tell(ctx, entry.standing());
    Afterwards.run(ctx, entry::leave);
    admitted(ctx);
    return delegate.serve(ctx, req);
  }

  private void admitted(ServiceRequestContext ctx) {
    RequestVisit visit = AccessLog.visit(ctx);
    if (visit != null) {
      visit.admitted(clock.nanoTime());
    }
  }

  private Caller admit(
      ServiceRequestContext ctx, HttpRequest req, Place place, AccessConfig access) {
    InetAddress address =
        CallerAddress.of(ctx.remoteAddress().getAddress(), req.headers(), access.trustedProxies());
    long bucket = CallerAddress.bucket(address);
    requests.ifPresent(limit -> refuse("an address", "requests", limit, limit.take(bucket)));
    if (keys.isOpen(loopback)) {
      return open(place, address);
    }
    return switch (Credentials.of(req.headers())) {
      case Credentials.None() -> throw unknown("this request shows no key", NO_KEY);
      case Credentials.Several() ->
          throw unknown("this request shows several keys that differ", "send one");
      case Credentials.One(String shown) -> {
        failures.ifPresent(limit ->
            refuse("an address", "requests with a wrong key", limit, limit.waiting(bucket)));
        yield known(ctx, place, shown, bucket);
      }
    };
  }

  /** Nobody needs a key; from elsewhere that opens the services only. */
  private Caller open(Place place, InetAddress address) {
    if (place == Place.ADMINISTRATION && !(loopback && address.isLoopbackAddress())) {
      throw new HubException(
          new HubError.Forbidden(
              "the administration opens to a key with the role admin only",
              "the operator makes one with: parley keys create NAME --role admin"));
    }
    return Caller.ANYONE;
  }

  private Caller known(ServiceRequestContext ctx, Place place, String shown, long bucket) {
    KeyConfig key =
        switch (keys.find(shown)) {
          case Finding.Good(KeyConfig found) -> found;
          case Finding.Bad(String why) -> {
            failures.ifPresent(limit -> limit.take(bucket));
            throw unknown(why, ANOTHER_KEY);
          }
          case Finding.Unsure() ->
              throw new HubException(
                  new HubError.Overloaded("the database of keys is away", DATABASE_RETRY));
        };
    if (place == Place.ADMINISTRATION && key.role() != KeyConfig.Role.ADMIN) {
      throw new HubException(
          new HubError.Forbidden(
              "this key does not open the administration", "use one with the role admin"));
    }
    Needs.check(ctx, key.scope());
    Visitors.note(ctx, key);
    return new Caller(
        key.name(),
        key.owner(),
        key.tags(),
        "",
        key.priorityMax(),
        Privacy.ANYWHERE,
        "",
        key.scope());
  }

  private static void refuse(String scope, String what, AddressLimit limit, Duration wait) {
    if (!wait.isZero()) {
      throw new HubException(
          new HubError.RateLimited(
              scope,
              "more than " + limit.quota().text() + " " + what + "; wait and try again",
              wait));
    }
  }

  private static HubException unknown(String found, String remedy) {
    return new HubException(new HubError.Unauthenticated(found, remedy));
  }

  private HttpResponse refused(
      ServiceRequestContext ctx, HttpRequest req, @Nullable Throwable failure) {
    String id = RequestIds.of(ctx);
    ErrorView view =
        ErrorMapper.view(failure == null ? new IllegalStateException("no reason") : failure, id);
    AccessLog.refused(ctx, view.reason());
    return Refusal.response(req, view, id);
  }
}
