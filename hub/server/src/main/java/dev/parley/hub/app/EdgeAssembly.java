package dev.parley.hub.app;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.core.json.JsonLimits;
import dev.parley.core.model.CallKind;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.edge.audio.FormReader;
import dev.parley.hub.edge.audio.MediaRoutes;
import dev.parley.hub.edge.audio.SoundRoute;
import dev.parley.hub.edge.audio.SpeechRoute;
import dev.parley.hub.edge.grpc.GrpcEdge;
import dev.parley.hub.edge.grpc.HealthStatuses;
import dev.parley.hub.edge.health.HealthRoutes;
import dev.parley.hub.edge.health.MetricsRoute;
import dev.parley.hub.edge.http.ForwardedHeaders;
import dev.parley.hub.edge.http.JsonErrors;
import dev.parley.hub.edge.http.MemoryBudget;
import dev.parley.hub.edge.http.RandomIds;
import dev.parley.hub.edge.http.RequestIds;
import dev.parley.hub.edge.http.UnknownRoute;
import dev.parley.hub.edge.openai.DocumentRoute;
import dev.parley.hub.edge.openai.ModelsRoute;
import dev.parley.hub.edge.recognition.RecognitionRoutes;
import dev.parley.hub.edge.speakers.SpeakerRoutes;
import dev.parley.hub.edge.speech.SpeechRoutes;
import dev.parley.hub.edge.voice.VoiceRoutes;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistryCatalog;
import dev.parley.hub.speakers.Speakers;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.hub.telemetry.SoundLog;
import dev.parley.hub.voice.VoiceDirectory;
import io.netty.channel.ChannelOption;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts every route on the server. */
final class EdgeAssembly {

  private static final int HEADER_BYTES_MAX = 32 * 1024;
  private static final int FLUSHES_MAX = 256;
  private static final int CONNECTIONS_MAX = 20_000;
  private static final int HTTP2_WINDOW_BYTES = 1 << 20;

  /** A caller who does not read at all is dropped after this and 5 s more. */
  private static final Duration CONNECTION_IDLE = Duration.ofSeconds(60);

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
      Synthesis synthesis,
      Recognition recognition,
      Speakers speakers,
      Clock clock,
      Drain drain) {}

  private EdgeAssembly() {}

  static void configure(ServerBuilder server, Parts parts) {
    ServerConfig settings = parts.config().server();
    server.http(new InetSocketAddress(settings.host(), settings.port()));
    server
        .requestTimeout(Duration.ZERO)
        .unloggedExceptionsReportInterval(Duration.ZERO)
        .maxRequestLength(0)
        .idleTimeout(CONNECTION_IDLE)
        .maxNumConnections(CONNECTIONS_MAX)
        .http1MaxHeaderSize(HEADER_BYTES_MAX)
        .http2MaxHeaderListSize(HEADER_BYTES_MAX)
        .http2InitialStreamWindowSize(HTTP2_WINDOW_BYTES)
        .http2InitialConnectionWindowSize(HTTP2_WINDOW_BYTES * 4)
        .childChannelOption(ChannelOption.TCP_NODELAY, true)
        // The head and the body of an answer leave in one write instead of two.
        .childChannelPipelineCustomizer(pipeline -> {
          pipeline.addFirst(new FlushConsolidationHandler(FLUSHES_MAX, true));
          parts.drain().connections().add(pipeline);
        })
        // When the server is stopped, Drain has waited already.
        .gracefulShutdownTimeout(Duration.ZERO, Duration.ZERO)
        .connectionDrainDuration(Drain.GO_AWAY_GRACE)
        .disableServerHeader()
        .errorHandler(new JsonErrors(new RandomIds()))
        // The last one added is the outermost: who is turned away gets an id, too.
        .decorator(new DrainGate(parts.drain()))
        .decorator(delegate -> new RequestIds(delegate, new RandomIds()));
    Map<String, Set<HttpMethod>> routes = new HashMap<>();
    MemoryBudget bodies = bodies(parts.config().server());
    documents(server, parts, bodies, routes);
    sound(server, parts, bodies, routes);
    speech(server, parts, bodies, routes);
    models(server, parts, routes);
    health(server, parts, routes);
    grpc(server, parts);
    server.serviceUnder("/", new UnknownRoute(routes));
  }

  /** What all bodies that are collected may hold together. */
  private static MemoryBudget bodies(ServerConfig settings) {
    return new MemoryBudget(
        Math.max(settings.requestBytesMax() * 2, Runtime.getRuntime().maxMemory() / 4));
  }

  private static void documents(
      ServerBuilder server, Parts parts, MemoryBudget bodies, Map<String, Set<HttpMethod>> routes) {
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
            add(
                server,
                routes,
                HttpMethod.POST,
                path,
                new DocumentRoute(kind, shared, parts.dispatcher(), parts.log(), parts.clock())));
  }

  private static void sound(
      ServerBuilder server, Parts parts, MemoryBudget bodies, Map<String, Set<HttpMethod>> routes) {
    Media media = parts.media();
    SoundLog log = parts.sounds();
    FormReader forms =
        new FormReader(media.desk(), bodies, parts.config().server().requestBytesMax());
    SoundRoute convert = SoundRoute.convert(forms, media.sounds(), log);
    add(server, routes, HttpMethod.POST, "/audio/convert", convert);
    add(server, routes, HttpMethod.POST, "/audio/resample", convert);
    add(
        server,
        routes,
        HttpMethod.POST,
        "/audio/denoise",
        SoundRoute.denoise(forms, media.sounds(), log));
    add(
        server,
        routes,
        HttpMethod.POST,
        "/v1/audio/speech/timestamps",
        SpeechRoute.timestamps(forms, media.sounds(), log));
    // The same path with a JSON body is the schema's own.
    server.service(
        Route.builder()
            .methods(HttpMethod.POST)
            .exact("/audio/vad")
            .consumes(MediaType.MULTIPART_FORM_DATA)
            .build(),
        SpeechRoute.spans(forms, media.sounds(), log));
    routes.put("/audio/vad", Set.of(HttpMethod.POST));
    MediaRoutes uploads = new MediaRoutes(media.desk(), log);
    add(server, routes, HttpMethod.POST, "/api/media", uploads.upload());
    server.service(
        Route.builder().methods(withHead(HttpMethod.GET)).path("/api/media/{id}").build(),
        uploads.download());
    voices(server, parts, forms, routes);
    recognition(server, parts, forms, routes);
    speakers(server, parts, forms, routes);
  }

  /** With a JSON body, and without one, these paths are the schema's own. */
  private static void voices(
      ServerBuilder server, Parts parts, FormReader forms, Map<String, Set<HttpMethod>> routes) {
    VoiceRoutes voices =
        new VoiceRoutes(
            parts.voices(),
            forms,
            parts.sounds(),
            parts.config().own().voices().referencesBytesMax());
    server.service(formAt("/voices"), voices.create());
    server.service(formAt("/voices/{voice_id}/references"), voices.addReferences());
    routes.put("/voices", EnumSet.of(HttpMethod.GET, HttpMethod.POST));
    add(server, routes, HttpMethod.GET, "/v1/audio/voices", voices.names());
    add(server, routes, HttpMethod.POST, "/v1/audio/voices", voices.createSample());
    routes.put("/v1/audio/voices", EnumSet.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST));
    add(server, routes, HttpMethod.POST, "/v1/create_voice_prompt", voices.createPrompt());
  }

  private static Route formAt(String path) {
    return Route.builder()
        .methods(HttpMethod.POST)
        .path(path)
        .consumes(MediaType.MULTIPART_FORM_DATA)
        .build();
  }

  private static void speech(
      ServerBuilder server, Parts parts, MemoryBudget bodies, Map<String, Set<HttpMethod>> routes) {
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
        .forEach(route -> add(server, routes, route.method(), route.path(), route.service()));
  }

  private static void recognition(
      ServerBuilder server, Parts parts, FormReader forms, Map<String, Set<HttpMethod>> routes) {
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
            server.service(formAt(route.path()), route.service());
            routes.put(route.path(), Set.of(HttpMethod.POST));
          } else {
            add(server, routes, HttpMethod.POST, route.path(), route.service());
          }
        });
  }

  private static void speakers(
      ServerBuilder server, Parts parts, FormReader forms, Map<String, Set<HttpMethod>> routes) {
    SpeakerRoutes speakers =
        new SpeakerRoutes(new SpeakerRoutes.Parts(parts.speakers(), forms, parts.log()));
    for (String path : List.of("/speakers/diarize", "/api/diarization/process")) {
      server.service(formAt(path), speakers.diarize());
      routes.put(path, Set.of(HttpMethod.POST));
    }
    server.service(formAt("/speakers/verify"), speakers.verify());
    routes.put("/speakers/verify", Set.of(HttpMethod.POST));
    add(server, routes, HttpMethod.POST, "/v1/audio/diarization", speakers.asSpeaches());
  }

  private static void models(
      ServerBuilder server, Parts parts, Map<String, Set<HttpMethod>> routes) {
    ModelsRoute route = new ModelsRoute(parts.registry());
    add(server, routes, HttpMethod.GET, "/v1/models", route);
    server.service(
        Route.builder().methods(withHead(HttpMethod.GET)).pathPrefix("/v1/models/").build(), route);
  }

  private static void health(
      ServerBuilder server, Parts parts, Map<String, Set<HttpMethod>> routes) {
    HealthRoutes health = new HealthRoutes(parts.registry(), parts.drain()::isAccepting);
    add(server, routes, HttpMethod.GET, "/health", health.health());
    add(server, routes, HttpMethod.GET, "/healthz", health.live());
    add(server, routes, HttpMethod.GET, "/readyz", health.ready());
    MetricsRoute metrics = new MetricsRoute(Metrics.MEDIA_TYPE, parts.metrics()::scrape);
    add(server, routes, HttpMethod.GET, "/metrics", metrics);
  }

  private static void grpc(ServerBuilder server, Parts parts) {
    HealthStatuses statuses = parts.drain().statuses();
    BackendHealth.mirror(parts.registry(), statuses);
    server.service(
        GrpcEdge.build(
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
                (int) parts.config().server().requestBytesMax())));
  }

  private static void add(
      ServerBuilder server,
      Map<String, Set<HttpMethod>> routes,
      HttpMethod method,
      String path,
      HttpService service) {
    Set<HttpMethod> methods = withHead(method);
    server.service(Route.builder().methods(methods).exact(path).build(), service);
    routes.put(path, methods);
  }

  /** Whatever can be got can be asked for its head, as balancers do. */
  private static Set<HttpMethod> withHead(HttpMethod method) {
    return method == HttpMethod.GET ? EnumSet.of(HttpMethod.GET, HttpMethod.HEAD) : Set.of(method);
  }
}
