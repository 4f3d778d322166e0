package dev.parley.adapters.http;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.ClientFactoryOptions;
import com.linecorp.armeria.client.RequestOptions;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.websocket.WebSocketClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.parley.core.error.HubError;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.AsciiString;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The HTTP client of one backend. Keeps its connections apart from those of every other backend,
 * adds the credentials, and closes only when the last running exchange has ended.
 */
public final class BackendClient implements AutoCloseable {

  /** Backends such as uvicorn drop idle connections after 5 s; ours go first, so none is stale. */
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(5);
  private static final AsciiString REQUEST_ID = AsciiString.cached("x-request-id");
  private static final int FLUSHES_MAX = 256;
  private static final int CLOSED = Integer.MIN_VALUE;

  private final BackendSpec spec;
  private final BaseUrl baseUrl;
  private final EventLoopGroup loops;
  private final ClientFactory factory;
  private final WebClient streams;
  private final WebClient asks;
  private final WebSocketClient sockets;

  /** The heads that all calls without headers of their own share: as many as there are routes. */
  private final Map<Template, RequestHeaders> templates = new ConcurrentHashMap<>();

  /** Running exchanges; CLOSED is added once the client is closed. */
  private final AtomicInteger running = new AtomicInteger();

  BackendClient(BackendSpec spec, EventLoopGroup loops, Consumer<ClientFactoryBuilder> more) {
    this.spec = spec;
    this.baseUrl = BaseUrl.of(spec.baseUrl());
    this.loops = loops;
    ClientFactoryBuilder connections =
        ClientFactory.builder()
            .workerGroup(loops, false)
            .eventLoopSchedulerFactory(SameLoopScheduler::new)
            .channelOption(ChannelOption.TCP_NODELAY, true)
            // The head and the body of a call leave in one write instead of two.
            .option(
                ClientFactoryOptions.CHANNEL_PIPELINE_CUSTOMIZER,
                pipeline ->
                    pipeline.addFirst(
                        new LastWords(), new FlushConsolidationHandler(FLUSHES_MAX, true)))
            .connectTimeout(spec.connectTimeout())
            .idleTimeout(IDLE);
    more.accept(connections);
    this.factory = connections.build();
    this.streams =
        WebClient.builder(baseUrl.clientUri())
            .factory(factory)
            .writeTimeout(spec.writeTimeout())
            .responseTimeoutMillis(0)
            .maxResponseLength(0)
            .build();
    this.sockets =
        WebSocketClient.builder(URI.create(baseUrl.socketUri()))
            .factory(factory)
            .maxFramePayloadLength(Socket.MESSAGE_BYTES_MAX)
            .aggregateContinuation(true)
            .build();
    this.asks =
        WebClient.builder(baseUrl.clientUri())
            .factory(factory)
            .writeTimeout(spec.writeTimeout())
            .responseTimeout(askTimeout())
            .maxResponseLength(spec.responseBytesMax())
            .build();
  }

  /** How long a small question waits for its answer where nothing else is said. */
  public Duration askTimeout() {
    return spec.connectTimeout().plus(ASK_TIMEOUT);
  }

  TransportFailure.Limits limits() {
    return new TransportFailure.Limits(spec.connectTimeout(), spec.writeTimeout(), askTimeout());
  }

  /** The description of the backend. */
  public BackendSpec spec() {
    return spec;
  }

  /**
   * Prepares an exchange: {@code body} is posted to {@code path} and what comes back is read by a
   * reader made for this exchange. Nothing is sent, or even written, before the publisher is
   * subscribed to; a {@code body} that throws a HubException fails the exchange.
   *
   * @param path below the base URL, starting with a slash, such as {@code /v1/chat/completions}
   */
  public Flow.Publisher<DocumentEvent> exchange(
      DocumentCall call,
      Target target,
      String path,
      Supplier<JsonValue> body,
      Supplier<? extends BodyReader<DocumentEvent>> reader) {
    String accept =
        call.head().stream() ? "text/event-stream, application/json" : "application/json";
    return exchange(
        new Outgoing(path, accept, call.requestId(), call.headers()), target, body, reader);
  }

  /** Prepares an exchange whose answer has events of another kind; else as above. */
  public <E> Flow.Publisher<E> exchange(
      Outgoing request,
      Target target,
      Supplier<JsonValue> body,
      Supplier<? extends BodyReader<E>> reader) {
    return send(request, target, () -> Body.of(body.get()), reader);
  }

  /** Prepares an exchange with a body of any kind, such as a form; else as above. */
  public <E> Flow.Publisher<E> send(
      Outgoing request,
      Target target,
      Supplier<Body> body,
      Supplier<? extends BodyReader<E>> reader) {
    return new Exchange<>(this, request, target, body, reader);
  }

  /**
   * Prepares several exchanges that are made one after the other and answer as one.
   *
   * @param parts makes the exchanges, each of which answers with a {@link DocumentEvent.Whole}
   * @param join makes one answer of theirs
   */
  public Flow.Publisher<DocumentEvent> sequence(
      Target target,
      Supplier<List<Flow.Publisher<DocumentEvent>>> parts,
      Function<List<DocumentEvent.Whole>, DocumentEvent.Whole> join) {
    return new ExchangeSequence(this, target, parts, join);
  }

  /**
   * Opens a WebSocket.
   *
   * @param path below the base URL, starting with a slash
   * @param requestId names the call in the backend's log
   * @param listener told what comes, on the loop of the socket
   */
  public Socket socket(String path, String requestId, Target target, Socket.Listener listener) {
    HttpHeadersBuilder headers = HttpHeaders.builder();
    headers.set(HttpHeaderNames.USER_AGENT, "parley").set(REQUEST_ID, requestId);
    ours(headers);
    Socket socket = new Socket(this, target, listener);
    socket.connect(sockets, baseUrl.root() + path, headers.build());
    return socket;
  }

  /** Asks a small question; completes exceptionally with a HubException when nobody answers. */
  public CompletableFuture<Answer> get(String path) {
    return ask(HttpMethod.GET, path, MediaType.JSON, new byte[0], askTimeout());
  }

  /** As {@link #get}, with its own time limit, for servers that may be busy for long. */
  public CompletableFuture<Answer> get(String path, Duration timeout) {
    return ask(HttpMethod.GET, path, MediaType.JSON, new byte[0], timeout);
  }

  /** As {@link #get}, with a JSON body. */
  public CompletableFuture<Answer> post(String path, JsonValue body) {
    return ask(HttpMethod.POST, path, MediaType.JSON, body.toBytes(), askTimeout());
  }

  /** As {@link #get}, with a body of any kind, such as a small form, and its own time limit. */
  public CompletableFuture<Answer> post(String path, Body body, Duration timeout) {
    return ask(HttpMethod.POST, path, body.type(), body.bytes(), timeout);
  }

  /** Asks the server to let go of something. */
  public CompletableFuture<Answer> delete(String path) {
    return ask(HttpMethod.DELETE, path, MediaType.JSON, new byte[0], askTimeout());
  }

  private CompletableFuture<Answer> ask(
      HttpMethod method, String path, MediaType type, byte[] body, Duration timeout) {
    RequestHeadersBuilder headers = headers(method, path, "application/json", Map.of());
    if (body.length > 0) {
      headers.contentType(type);
    }
    RequestOptions limits = RequestOptions.builder().responseTimeout(timeout).build();
    Target nobody = new Target(spec.id(), "-");
    return asks.execute(HttpRequest.of(headers.build(), HttpData.wrap(body)), limits)
        .aggregate()
        .handle((response, failure) -> {
          if (failure != null) {
            throw TransportFailure.toHub(failure, nobody, limits(), HubError.Reached.NOBODY);
          }
          return new Answer(response.status().code(), response.content());
        });
  }

  /**
   * Sends a call on the calling event loop.
   *
   * @param onLate told when the body could not be sent in time
   */
  HttpResponse send(Outgoing request, Body body, EventLoop loop, Runnable onLate) {
    Template wanted = new Template(request.path(), request.accept());
    RequestHeadersBuilder headers =
        request.headers().isEmpty()
            ? templates.computeIfAbsent(wanted, this::template).toBuilder()
            : headers(wanted, request.headers());
    headers.set(REQUEST_ID, request.requestId());
    headers.contentType(body.type());
    if (body.length() > Upload.WHOLE_BYTES_MAX) {
      Upload upload = new Upload(body, loop, spec.writeTimeout(), onLate);
      return streams.execute(HttpRequest.of(headers.contentLength(body.length()).build(), upload));
    }
    HttpData data =
        body.pieces().size() == 1
            ? body.pieces().getFirst().from(0, Upload.WHOLE_BYTES_MAX)
            : HttpData.wrap(body.bytes());
    return streams.execute(HttpRequest.of(headers.build(), data));
  }

  private RequestHeaders template(Template wanted) {
    return headers(wanted, Map.of()).build();
  }

  private RequestHeadersBuilder headers(Template wanted, Map<String, String> callers) {
    return headers(HttpMethod.POST, wanted.path(), wanted.accept(), callers);
  }

  /** What the operator configured is set last: no caller can replace it. */
  private RequestHeadersBuilder headers(
      HttpMethod method, String path, String accept, Map<String, String> callers) {
    RequestHeadersBuilder headers = RequestHeaders.builder(method, baseUrl.root() + path);
    callers.forEach(headers::set);
    headers.set(HttpHeaderNames.ACCEPT, accept);
    headers.set(HttpHeaderNames.USER_AGENT, "parley");
    ours(headers);
    return headers;
  }

  private void ours(HttpHeadersBuilder headers) {
    spec.headers().forEach(headers::set);
    switch (spec.credentials()) {
      case Credentials.None() -> {}
      case Credentials.Bearer(String token) ->
          headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token);
      case Credentials.Basic(String user, String password) -> {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        headers.set(
            HttpHeaderNames.AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      case Credentials.Header(String name, String value) -> headers.set(name, value);
    }
  }

  EventLoop loop() {
    return SameLoopScheduler.current(loops);
  }

  void exchangeStarted() {
    running.incrementAndGet();
  }

  void exchangeEnded() {
    if (running.decrementAndGet() == CLOSED) {
      var _ = factory.closeAsync();
    }
  }

  @Override
  public void close() {
    int before = running.getAndUpdate(n -> n < 0 ? n : n + CLOSED);
    if (before == 0) {
      var _ = factory.closeAsync();
    }
  }

  /** What the head of a call depends on, besides the caller. */
  private record Template(String path, String accept) {}

  /** The answer to a small question. */
  public record Answer(int status, HttpData content) {

    /** The body's bytes. */
    public byte[] body() {
      return content.array();
    }

    /** Whether the status is 2xx. */
    public boolean ok() {
      return status >= 200 && status < 300;
    }
  }
}
