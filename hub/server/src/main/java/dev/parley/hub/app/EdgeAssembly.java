package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerTlsConfig;
import dev.parley.adapters.http.LiveTls;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.model.CallKind;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.Keys;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.edge.access.CrossOrigin;
import dev.parley.hub.edge.access.Gate;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.audio.MediaRoutes;
import dev.parley.hub.edge.audio.SoundRoute;
import dev.parley.hub.edge.audio.SpeechRoute;
import dev.parley.hub.edge.grpc.GrpcEdge;
import dev.parley.hub.edge.grpc.HealthStatuses;
import dev.parley.hub.edge.grpc.HubState;
import dev.parley.hub.edge.health.HealthRoutes;
import dev.parley.hub.edge.health.MetricsRoute;
import dev.parley.hub.edge.http.AccessLog;
import dev.parley.hub.edge.http.AddressLimit;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.HeadLimit;
import dev.parley.hub.edge.http.JsonErrors;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.PlainHeads;
import dev.parley.hub.edge.http.PlainPaths;
import dev.parley.hub.edge.http.RandomIds;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.UnreadLimit;
import dev.parley.hub.edge.openai.DocumentRoute;
import dev.parley.hub.edge.openai.ModelsRoute;
import dev.parley.hub.edge.recognition.RecognitionRoutes;
import dev.parley.hub.edge.speakers.SpeakerRoutes;
import dev.parley.hub.edge.speech.SpeechRoutes;
import dev.parley.hub.edge.usage.OwnUsage;
import dev.parley.hub.edge.usage.UsageCsvRoute;
import dev.parley.hub.edge.voice.VoiceRoutes;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistryCatalog;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.hub.telemetry.RequestEnd;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.telemetry.Tracing;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.voice.VoiceDirectory;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ClientAuth;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts every route on the server. */
final class EdgeAssembly {

  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int LINE_BYTES_MAX = 8 * 1024;
  private static final int FLUSHES_MAX = 256;

  /** Streams of one connection at a time, as many as a busy caller's library opens. */
  private static final int STREAMS_MAX = 1_000;

  /**
   * A connection that gives up more than this is closed: it only makes work. Behind a proxy all
   * callers share a few connections, and each refused stream of calls ends with a reset.
   */
  private static final int RESETS_MAX = 6_000;

  private static final int RESETS_WINDOW_SECONDS = 30;
  private static final int HTTP2_WINDOW_BYTES = 1 << 20;

  /** A caller who does not read at all is dropped after this and 5 s more. */
  private static final Duration CONNECTION_IDLE = Duration.ofSeconds(60);

  private static final UnreadLimit UNREAD = new UnreadLimit();

  /** What the edge is made of. */
  record Parts(
      HubConfig config,
      Registry registry,
      Dispatcher dispatcher,
      CallLog log,
      Metrics metrics,
      Media media,
      VoiceDirectory voices,
      SoundLog sounds,
      UsageDesk usage,
      Limits limits,
      Synthesis synthesis,
      Recognition recognition,
      Speakers speakers,
      Clock clock,
      Drain drain,
      Keys keys,
      Gate gate,
      Optional<LiveTls> tls,
      Optional<Tracing> tracing,
      RequestEnd requests) {}

  private EdgeAssembly() {}

  static void configure(ServerBuilder server, Parts parts) {
    ServerConfig settings = parts.config().server();
    port(server, settings, parts.tls());
    AddressLimit addresses = new AddressLimit(settings.connectionsPerAddressMax());
    server
        .requestTimeout(Duration.ZERO)
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .maxRequestLength(0)
        .idleTimeout(CONNECTION_IDLE)
        .maxNumConnections(settings.connectionsMax())
        .http1MaxHeaderSize(HEADER_BYTES_MAX)
        .http1MaxInitialLineLength(LINE_BYTES_MAX)
        .http2MaxStreamsPerConnection(STREAMS_MAX)
        .http2MaxResetFramesPerWindow(RESETS_MAX, RESETS_WINDOW_SECONDS)
        .http2MaxHeaderListSize(HEADER_BYTES_MAX)
        .http2InitialStreamWindowSize(HTTP2_WINDOW_BYTES)
        .http2InitialConnectionWindowSize(HTTP2_WINDOW_BYTES * 4)
        .childChannelOption(ChannelOption.TCP_NODELAY, true)
        // The head and the body of an answer leave in one write instead of two.
        .childChannelPipelineCustomizer(pipeline -> {
          pipeline.addFirst(new PlainHeads());
          pipeline.addFirst(new FlushConsolidationHandler(FLUSHES_MAX, true));
          pipeline.addFirst(new HeadLimit(settings.headTimeout()));
          pipeline.addFirst(UNREAD);
          parts.drain().connections().add(pipeline);
          addresses.add(pipeline.channel());
        })
        // When the server is stopped, Drain has waited already.
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
        .connectionDrainDuration(Drain.GO_AWAY_GRACE)
        .disableServerHeader()
        .errorHandler(new JsonErrors(new RandomIds(), parts.log()::unreadable))
        // The last one added is the outermost: who is turned away gets an id, too.
        .decorator(new DrainGate(parts.drain()))
        .decorator(parts.gate())
        .decorator(CrossOrigin.decorator(parts.keys()))
        .decorator(new PlainPaths())
        .decorator((delegate, ctx, req) -> {
          HeadLimit.headCame(ctx);
          return delegate.serve(ctx, req);
        })
        .decorator(
            delegate -> new AccessLog(delegate, parts.clock(), parts.tracing(), parts.requests()))
        .decorator(delegate -> new RequestIds(delegate, new RandomIds()));
    if (parts.tls().isPresent()) {
      server.decorator(new TlsOnly());
    }
    Mounts mounts = new Mounts(server);
    MemoryBudget bodies = bodies(parts.config().server());
    documents(mounts, parts, bodies);
    sound(mounts, parts, bodies);
    speech(mounts, parts, bodies);
    models(mounts, parts);
    health(mounts, parts);
    grpc(mounts, parts);
    mounts.addUnknown();
  }

  /** One port, whatever it speaks. Plain HTTP comes in beside TLS, so that it can be told so. */
  private static void port(ServerBuilder server, ServerConfig settings, Optional<LiveTls> live) {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (live.isEmpty()) {
      server.http(address);
      return;
    }
    server
        .port(address, SessionProtocol.HTTP, SessionProtocol.HTTPS)
        .tlsProvider(
            live.get(),
            ServerTlsConfig.builder()
                .clientAuth(
                    switch (settings.tls().orElseThrow().clientAuth()) {
                      case NONE -> ClientAuth.NONE;
                      case REQUEST -> ClientAuth.OPTIONAL;
                      case REQUIRE -> ClientAuth.REQUIRE;
                    })
                .build());
  }

  /** What all bodies that are collected may hold together. */
  private static MemoryBudget bodies(ServerConfig settings) {
    return new MemoryBudget(
        Math.max(settings.requestBytesMax() * 2, Runtime.getRuntime().maxMemory() / 4));
  }

  private static void documents(Mounts mounts, Parts parts, MemoryBudget bodies) {
    ServerConfig settings = parts.config().server();
    DocumentRoute.Settings shared =
        new DocumentRoute.Settings(
            settings.requestBytesMax(),
            new JsonLimits(settings.jsonDepthMax(), JsonLimits.DEFAULT.elementsMax()),
            settings.heartbeat(),
            bodies);
    Map.of(
            "/v1/chat/completions", CallKind.CHAT,
            "/v1/completions", CallKind.COMPLETION,
            "/v1/embeddings", CallKind.EMBEDDING)
        .forEach((path, kind) ->
            mounts.add(
                HttpMethod.POST,
                path,
                new DocumentRoute(kind, shared, parts.dispatcher(), parts.log(), parts.clock())));
  }

  private static void sound(Mounts mounts, Parts parts, MemoryBudget bodies) {
    Media media = parts.media();
    SoundLog log = parts.sounds();
    FormReader forms =
        new FormReader(media.desk(), bodies, parts.config().server().requestBytesMax());
    SoundRoute convert = SoundRoute.convert(forms, media.sounds(), log);
    mounts.add(HttpMethod.POST, "/audio/convert", convert);
    mounts.add(HttpMethod.POST, "/audio/resample", convert);
    mounts.add(HttpMethod.POST, "/audio/denoise", SoundRoute.denoise(forms, media.sounds(), log));
    mounts.add(
        HttpMethod.POST,
        "/v1/audio/speech/timestamps",
        SpeechRoute.timestamps(forms, media.sounds(), log));
    mounts.addForm("/audio/vad", SpeechRoute.spans(forms, media.sounds(), log));
    MediaRoutes uploads = new MediaRoutes(media.desk(), log);
    mounts.add(HttpMethod.POST, "/api/media", uploads.upload());
    mounts.addBelow(HttpMethod.GET, "/api/media/{id}", uploads.download());
    voices(mounts, parts, forms);
    recognition(mounts, parts, forms);
    speakers(mounts, parts, forms);
  }

  /** With a JSON body, and without one, these paths are the schema's own. */
  private static void voices(Mounts mounts, Parts parts, FormReader forms) {
    VoiceRoutes voices =
        new VoiceRoutes(
            parts.voices(),
            forms,
            parts.sounds(),
            parts.config().own().voices().referencesBytesMax());
    mounts.addForm("/voices", voices.create());
    mounts.addForm("/voices/{voice_id}/references", voices.addReferences());
    mounts.add(HttpMethod.GET, "/v1/audio/voices", voices.names());
    mounts.add(HttpMethod.POST, "/v1/audio/voices", voices.createSample());
    mounts.add(HttpMethod.POST, "/v1/create_voice_prompt", voices.createPrompt());
  }

  private static void speech(Mounts mounts, Parts parts, MemoryBudget bodies) {
    ServerConfig settings = parts.config().server();
    new SpeechRoutes(
            new SpeechRoutes.Parts(
                parts.synthesis(),
                new RegistryCatalog(parts.registry()),
                parts.log(),
                new SpeechRoutes.Settings(
                    settings.requestBytesMax(),
                    new JsonLimits(settings.jsonDepthMax(), JsonLimits.DEFAULT.elementsMax()),
                    settings.heartbeat(),
                    bodies),
                parts.clock()))
        .all()
        .forEach(route -> mounts.add(route.method(), route.path(), route.service()));
  }

  private static void recognition(Mounts mounts, Parts parts, FormReader forms) {
    new RecognitionRoutes(
            new RecognitionRoutes.Parts(
                parts.recognition(),
                forms,
                parts.log(),
                parts.config().server().heartbeat(),
                parts.clock()))
        .all()
        .forEach(route -> {
          if (route.formOnly()) {
            mounts.addForm(route.path(), route.service());
          } else {
            mounts.add(HttpMethod.POST, route.path(), route.service());
          }
        });
  }

  private static void speakers(Mounts mounts, Parts parts, FormReader forms) {
    SpeakerRoutes speakers =
        new SpeakerRoutes(new SpeakerRoutes.Parts(parts.speakers(), forms, parts.log()));
    for (String path : List.of("/speakers/diarize", "/api/diarization/process")) {
      mounts.addForm(path, speakers.diarize());
    }
    mounts.addForm("/speakers/verify", speakers.verify());
    mounts.add(HttpMethod.POST, "/v1/audio/diarization", speakers.asSpeaches());
  }

  private static void models(Mounts mounts, Parts parts) {
    ModelsRoute route = new ModelsRoute(parts.registry());
    mounts.add(HttpMethod.GET, "/v1/models", route);
    mounts.addBelow(HttpMethod.GET, "prefix:/v1/models/", route);
  }

  private static void health(Mounts mounts, Parts parts) {
    HealthRoutes health = new HealthRoutes(parts.registry(), parts.drain()::isAccepting);
    mounts.add(HttpMethod.GET, "/health", health.health());
    mounts.add(HttpMethod.GET, "/healthz", health.live());
    mounts.add(HttpMethod.GET, "/readyz", health.ready());
    MetricsRoute metrics = new MetricsRoute(Metrics.MEDIA_TYPE, parts.metrics()::scrape);
    mounts.add(HttpMethod.GET, "/metrics", metrics);
    mounts.add(HttpMethod.GET, "/api/admin/usage.csv", new UsageCsvRoute(parts.usage()));
  }

  private static void grpc(Mounts mounts, Parts parts) {
    HealthStatuses statuses = parts.drain().statuses();
    BackendHealth.mirror(parts.registry(), statuses);
    HubState state =
        new HubState(
            parts.registry(),
            new RegistryCatalog(parts.registry()),
            parts.media(),
            parts.clock(),
            parts.drain()::isAccepting);
    GrpcEdge.Faces faces =
        GrpcEdge.faces(
            new GrpcEdge.Parts(
                parts.dispatcher()::open,
                new RegistryCatalog(parts.registry()),
                statuses,
                parts.media(),
                parts.voices(),
                parts.sounds(),
                parts.synthesis(),
                parts.recognition(),
                parts.speakers(),
                ctx -> ForwardedHeaders.of(ctx.request().headers()),
                (int) parts.config().server().requestBytesMax(),
                new GrpcEdge.Administration(
                    Optional.of(parts.keys()),
                    Optional.of(state),
                    Optional.of(parts.usage()),
                    Optional.of(new OwnUsage(parts.usage(), parts.limits())))));
    faces
        .states()
        .ifPresent(states ->
            mounts.add(
                Route.builder()
                    .methods(HttpMethod.GET)
                    .exact("/api/admin/status")
                    .matchesHeaders(
                        HttpHeaderNames.ACCEPT, accept -> accept.contains("text/event-stream"))
                    .build(),
                states));
    mounts.add(faces.grpc());
  }
}
