package dev.parley.testkit.backend;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.websocket.WebSocketService;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real HTTP/1.1 and h2c server on a loopback port that behaves like one kind of backend, records
 * what it receives and does what the test scripted. Configure, {@link #start()}, use from any
 * thread, {@link #close()}. Answers never block; nothing here sleeps.
 */
public abstract class FakeBackend implements AutoCloseable {
  private static final long MAX_REQUEST_BYTES = 64L << 20;

  private final String basePath;
  private final Journal journal = new Journal();
  private final Script script = new Script();

  /** Not this object itself: a fake that answers under its own lock could not be closed. */
  private final Object opening = new Object();

  private int wantedPort;
  private volatile @Nullable Server server;
  private volatile @Nullable Credential credential;

  /** The base path is what {@link #baseUri()} ends in, such as {@code /v1}; empty for none. */
  protected FakeBackend(String basePath) {
    this.basePath = basePath;
  }

  /** The fake's usual answer; called on an event loop, must not block. */
  protected abstract Answer answer(RecordedRequest request);

  /** What a caller without the credential gets. */
  protected abstract Answer unauthorized();

  /** WebSockets that this fake serves, by their paths. */
  protected Map<String, WebSocketService> sockets() {
    return Map.of();
  }

  /** Whether this request needs the credential, if one is set. */
  protected boolean guarded(RecordedRequest request) {
    return true;
  }

  /**
   * Whether this request is work rather than a probe: only work uses up {@link
   * #enqueue(Behaviour)}.
   */
  protected boolean isWork(RecordedRequest request) {
    return request.method().equals("POST");
  }

  /** The behaviour with the time that the work itself takes on this fake: none, usually. */
  protected Behaviour timed(RecordedRequest request, Answer own, Behaviour behaviour) {
    return behaviour;
  }

  /** Listens on this port instead of a free one. */
  public final void listenOn(int port) {
    wantedPort = port;
  }

  /** Refuses callers without this credential; null lets everyone in. */
  public final void require(@Nullable Credential wanted) {
    credential = wanted;
  }

  /** Opens the port; a second call changes nothing. */
  public final void start() {
    synchronized (opening) {
      if (server == null) {
        server = listening();
      }
    }
  }

  private Server listening() {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort);
    var building =
        Server.builder()
            .port(address, SessionProtocol.HTTP)
            .childChannelOption(ChannelOption.TCP_NODELAY, true)
            .workerGroup(Loops.WORKERS, false)
            .bossGroupFactory(_ -> Loops.boss())
            .requestTimeoutMillis(0)
            .idleTimeoutMillis(0)
            .maxRequestLength(MAX_REQUEST_BYTES)
            .gracefulShutdownTimeoutMillis(0, 0)
            .disableServerHeader()
            .serviceUnder("/", (HttpService) this::serve);
    sockets().forEach(building::service);
    var built = building.build();
    built.start().join();
    return built;
  }

  /** Closes the port and every connection; a second call changes nothing. */
  @Override
  public final void close() {
    synchronized (opening) {
      var running = server;
      server = null;
      if (running != null) {
        running.stop().join();
      }
    }
  }

  /** Where clients are pointed, base path included: {@code http://127.0.0.1:41234/v1}. */
  public final URI baseUri() {
    return URI.create(origin() + basePath);
  }

  /** Scheme, address and port alone. */
  public final URI origin() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** The port in use. */
  public final int port() {
    var running = server;
    if (running == null) {
      throw new IllegalStateException("start() first");
    }
    return running.activeLocalPort();
  }

  /**
   * The next unscripted work request (see {@link #isWork}) is treated so; later calls queue behind
   * earlier ones.
   */
  public final void enqueue(Behaviour behaviour) {
    script.add(this::isWork, behaviour);
  }

  /** The next request to exactly this path, whatever its method, is treated so. */
  public final void enqueueFor(String path, Behaviour behaviour) {
    script.add(request -> request.path().equals(path), behaviour);
  }

  /** Every work request for which nothing is queued is treated so. */
  public final void otherwise(Behaviour behaviour) {
    script.standing(behaviour);
  }

  /** The latest requests, oldest first: at most 1000 and 128 MiB of bodies. */
  public final List<RecordedRequest> requests() {
    return journal.requests();
  }

  /** The latest requests to one path, oldest first. */
  public final List<RecordedRequest> requests(String path) {
    return journal.requests().stream().filter(r -> r.path().equals(path)).toList();
  }

  /** Forgets the recorded requests. */
  public final void forgetRequests() {
    journal.clear();
  }

  /**
   * Waits for the first recorded request to this path.
   *
   * @throws AssertionError when the time runs out
   */
  public final RecordedRequest awaitRequest(String path, Duration limit)
      throws InterruptedException {
    return journal.await(path, 1, limit);
  }

  /**
   * Waits for the {@code count}-th recorded request to this path, counted from one.
   *
   * @throws AssertionError when the time runs out
   */
  public final RecordedRequest awaitRequest(String path, int count, Duration limit)
      throws InterruptedException {
    return journal.await(path, count, limit);
  }

  private HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    if (ctx.path().equals("/_fake/journal")) {
      return HttpResponse.ofJson(journal.page());
    }
    return HttpResponse.of(request.aggregate().thenApply(whole -> serve(ctx, whole)));
  }

  private HttpResponse serve(ServiceRequestContext ctx, AggregatedHttpRequest whole) {
    var recorded =
        new RecordedRequest(
            whole.method().name(),
            ctx.rawPath(),
            whole.headers(),
            whole.content().array(),
            String.valueOf(ctx.remoteAddress()));
    journal.add(recorded);
    var behaviour = script.take(recorded, isWork(recorded));
    if (behaviour.equals(Behaviour.usual())) {
      behaviour = Marker.behaviour(recorded);
    }
    var own = own(recorded);
    behaviour = timed(recorded, own, behaviour);
    return new AnswerPlayer(ctx, recorded, behaviour.applyTo(own), behaviour).play();
  }

  private Answer own(RecordedRequest request) {
    var wanted = credential;
    if (wanted != null && guarded(request) && !wanted.isIn(request)) {
      return unauthorized();
    }
    return Marker.answer(request, answer(request));
  }
}
