package dev.parley.hub.edge.openai;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.model.CallKind;
import dev.parley.core.time.Clock;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.config.CacheConfig;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.dispatch.Tariff;
import dev.parley.hub.edge.health.HealthRoutes;
import dev.parley.hub.edge.http.JsonErrors;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RandomIds;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.UnknownRoute;
import dev.parley.hub.fake.FakeBackend;
import dev.parley.hub.fake.FakeType;
import dev.parley.hub.fake.Fakes;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.CallLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP routes on a real port of the loopback, over one fake backend named {@code b}. */
final class EdgeHarness implements AutoCloseable {

  static final int BODY_BYTES_MAX = 4_096;

  final FakeType type = new FakeType("fake");
  final Registry registry = new Registry(List.of(type));
  final MemoryBudget budget = new MemoryBudget(2 * BODY_BYTES_MAX);
  final AtomicBoolean accepting = new AtomicBoolean(true);

  /** Requests that the server has not done with. */
  final AtomicInteger open = new AtomicInteger();

  private final Server server;

  EdgeHarness(Duration heartbeat) {
    this(heartbeat, Clock.system());
  }

  /**
   * @param clock tells how long a caller is silent
   */
  EdgeHarness(Duration heartbeat, Clock clock) {
    registry.apply(
        Fakes.config(
            "backends:\n  - {id: b, type: fake, base_url: 'http://b/v1', models:"
                + " [{id: m, capabilities: [chat, completion, embedding]}, {id: org/m}]}\n"));
    CallLog log = new CallLog(Clock.system());
    Dispatcher dispatcher =
        new Dispatcher(
            registry,
            new Accounting(Limits.NONE, new Tariff(registry), log),
            new AnswerCache(CacheConfig.DEFAULT, Clock.system()),
            Clock.system(),
            new SplittableRandom(1));
    DocumentRoute.Settings settings =
        new DocumentRoute.Settings(BODY_BYTES_MAX, JsonLimits.DEFAULT, heartbeat, budget);
    ServerBuilder builder = Server.builder();
    builder
        .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .requestTimeout(Duration.ZERO)
        .maxRequestLength(0)
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
        .errorHandler(new JsonErrors(new RandomIds()))
        .decorator(delegate -> new RequestIds(delegate, () -> "req_generated"))
        .decorator((delegate, ctx, req) -> {
          open.incrementAndGet();
          var _ = ctx.log().whenComplete().thenRun(open::decrementAndGet);
          return delegate.serve(ctx, req);
        });
    Map.of("/chat", CallKind.CHAT, "/embeddings", CallKind.EMBEDDING)
        .forEach((path, kind) ->
            builder.service(
                Route.builder().methods(HttpMethod.POST).exact(path).build(),
                new DocumentRoute(kind, settings, dispatcher, log, clock)));
    ModelsRoute models = new ModelsRoute(registry);
    HealthRoutes health = new HealthRoutes(registry, accepting::get);
    builder
        .service("/v1/models", models)
        .service(Route.builder().pathPrefix("/v1/models/").build(), models)
        .service("/health", health.health())
        .service("/healthz", health.live())
        .service("/readyz", health.ready())
        .serviceUnder("/", new UnknownRoute(Map.of("/chat", Set.of(HttpMethod.POST))));
    server = builder.build();
    server.start().join();
  }

  FakeBackend backend() {
    return type.backend("b");
  }

  WebClient client() {
    return client("h1c");
  }

  WebClient client(String protocol) {
    return WebClient.builder(protocol + "://127.0.0.1:" + server.activeLocalPort())
        .responseTimeout(Duration.ofSeconds(20))
        .build();
  }

  AggregatedHttpResponse post(String path, String json) {
    return client().prepare().post(path).content(MediaType.JSON, json).execute().aggregate().join();
  }

  AggregatedHttpResponse get(String path) {
    return client().get(path).aggregate().join();
  }

  @Override
  public void close() {
    // It takes two seconds to stop, in which nobody needs it any more.
    var _ = server.stop();
    registry.close();
  }
}
