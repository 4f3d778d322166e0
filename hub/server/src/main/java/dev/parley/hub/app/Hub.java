package dev.parley.hub.app;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.adapters.http.LiveTls;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.Keys;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.dispatch.Accounting;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.dispatch.Tariff;
import dev.parley.hub.edge.access.Gate;
import dev.parley.hub.limits.Turnstile;
import dev.parley.hub.limits.Whose;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.RecognitionDesk;
import dev.parley.hub.registry.HealthMonitor;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.speakers.SpeakersDesk;
import dev.parley.hub.speech.SpeechDesk;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.LocalGauge;
import dev.parley.hub.telemetry.LogLevels;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.hub.telemetry.Tracing;
import dev.parley.hub.telemetry.otlp.OtlpExport;
import dev.parley.hub.usage.Ledger;
import dev.parley.hub.usage.RowIds;
import dev.parley.hub.usage.Spent;
import dev.parley.hub.usage.SpentBy;
import dev.parley.hub.usage.UsageDesk;
import dev.parley.hub.usage.UsageNotes;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceLibrary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hub that can be started and stopped. The command line and the tests build the same one. Parts
 * start in the order of the constructor and stop in reverse. {@link #start} and {@link #close}
 * block; call them from one thread that is no event loop.
 */
public final class Hub implements AutoCloseable {

  private static final long PORT_CLOSING_NANOS_MAX = 1_000_000_000;
  private static final long LOOK_NANOS = 1_000_000;
  private static final int SWEEP_SECONDS = 60;

  private static final Logger log = LoggerFactory.getLogger(Hub.class);

  private final OwnConfig own;
  private final Clock clock;
  private final Keys keys;
  private final LogLevels levels = new LogLevels();
  private final LoopLag lag;
  private final Metrics metrics;
  private final Optional<OtlpExport> export;
  private final Media media;
  private final VoiceLibrary voices;
  private final Turnstile limits;
  private final Ledger usage;
  private final BackendAssembly backends;
  private final HealthMonitor monitor;
  private final Server server;
  private final AnswerCache cache;
  private final Dispatcher dispatcher;
  private final Drain drain;
  private final Optional<LiveTls> tls;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> sweeping;

  /**
   * Opens what the hub keeps and prepares to listen.
   *
   * @param places where it keeps it
   * @throws OpenHubException when others could use it and nobody said that this is meant
   * @throws CannotStoreException when the data folder cannot be made or written
   */
  public Hub(HubConfig config, Places places, Clock clock) {
    this.own = config.own();
    this.clock = clock;
    boolean loopback = isLoopback(own.server().host());
    this.keys = guarded(places.keys(own, clock), loopback);
    this.media = places.open(own, clock);
    this.usage = places.usage(own, clock);
    this.backends = BackendAssembly.of(config);
    this.voices = places.voices(own, media, clock, SpeechDesk.withdrawal(registry()));
    this.monitor = new HealthMonitor(registry(), backends.loops().next(), clock);
    this.drain = new Drain(clock);
    this.cache = new AnswerCache(own.cache(), clock);
    this.limits =
        new Turnstile(
            own.limits(),
            own.database(),
            UUID.randomUUID().toString(),
            key -> allowance(this.keys, key),
            this::spent,
            clock);
    this.tls = own.server().tls().map(tls -> FollowedTls.of("the hub", tls.files()));
    this.lag = new LoopLag(backends.eventLoops(), clock);
    CallLog calls = new CallLog(clock);
    this.metrics =
        new Metrics(
            () -> Gauges.backends(registry()),
            () -> Gauges.targets(registry(), clock),
            this::gauges,
            clock);
    this.export = own.telemetry().otlp().map(otlp -> Export.to(otlp, registry()));
    levels.apply(own.telemetry().logLevels());
    UsageNotes notes =
        new UsageNotes(
            usage::add, new RowIds(new SecureRandom().nextLong()), own.usage().currency(), clock);
    CallEnd ended = calls.then(metrics.calls()).then(notes);
    RandomGenerator lots = () -> ThreadLocalRandom.current().nextLong();
    Accounting accounting = new Accounting(limits, new Tariff(registry()), ended);
    this.dispatcher = new Dispatcher(registry(), accounting, cache, clock, lots);
    SpeechDesk speech =
        new SpeechDesk(
            new SpeechDesk.Parts(
                registry(),
                media,
                voices,
                new RecordingDesk(media.sounds(), own.voices()),
                dispatcher.running(),
                accounting,
                cache),
            clock,
            lots);
    SpeakersDesk speakers =
        new SpeakersDesk(
            new SpeakersDesk.Parts(registry(), media.sounds(), dispatcher.running(), accounting),
            clock,
            lots);
    RecognitionDesk recognition =
        new RecognitionDesk(
            new RecognitionDesk.Parts(
                registry(), media, speakers, dispatcher.running(), accounting),
            clock,
            lots);
    ServerBuilder builder = Server.builder();
    EdgeAssembly.configure(
        builder,
        new EdgeAssembly.Parts(
            config,
            registry(),
            dispatcher,
            calls,
            metrics,
            media,
            new VoiceDirectory(voices, speech.presets()),
            metrics.sounds(calls, notes, clock),
            new UsageDesk(usage, own.usage().currency(), clock),
            limits,
            speech,
            recognition,
            speakers,
            clock,
            drain,
            keys,
            new Gate(new Gate.Parts(keys, loopback, limits, own.limits(), clock)),
            tls,
            own.telemetry().otlp().map(otlp -> new Tracing(lots, otlp.sample())),
            export
                .map(sent -> calls.then(metrics.requests()).then(sent))
                .orElseGet(() -> calls.then(metrics.requests()))));
    builder.workerGroup(backends.loops(), false);
    this.server = builder.build();
  }

  /** The keys, where somebody said who may call; else they are closed again. */
  private Keys guarded(Keys opened, boolean loopback) {
    if (loopback || opened.any() || own.access().open() == AccessConfig.Open.EVERYWHERE) {
      return opened;
    }
    opened.close();
    String host = own.server().host();
    throw new InetSocketAddress(host, 0).isUnresolved()
        ? new CannotListenException(own.server(), new UnknownHostException(host))
        : new OpenHubException(host);
  }

  /** Whether nobody but this machine reaches that address. May ask a name server. */
  private static boolean isLoopback(String host) {
    InetAddress address = new InetSocketAddress(host, 0).getAddress();
    return address != null && address.isLoopbackAddress();
  }

  /**
   * Starts to listen; returns when the port is open.
   *
   * @return completes when every backend was asked once how it is
   * @throws CannotListenException when the port cannot be opened; the hub still has to be closed
   */
  public CompletableFuture<Void> start() {
    drain.open();
    try {
      server.start().join();
    } catch (CompletionException e) {
      throw new CannotListenException(own.server(), e);
    }
    keys.follow();
    voices.warm();
    var _ = limits.connect();
    Thread.ofVirtual().name("hub-speech-warm-up").start(SpeechDesk::warmUp);
    sweeping =
        backends
            .loops()
            .next()
            .scheduleAtFixedRate(
                media.desk()::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    return monitor.start();
  }

  /**
   * Puts other backends, models, defaults, callers, limits of callers and levels of logs in effect.
   * Running calls go on as they began. What the hub listens on and how much it takes from one
   * caller stay as they were at the start.
   */
  public void apply(HubConfig next) {
    levels.apply(next.own().telemetry().logLevels());
    keys.apply(next.own().access());
    registry()
        .apply(new HubConfig(own, next.backends(), next.models(), next.defaults(), next.origins()));
    cache.clear();
    limits.apply(next.own().limits());
    var _ = registry().refresh();
  }

  private List<LocalGauge> gauges() {
    List<LocalGauge> all =
        new ArrayList<>(Gauges.local(media, voices, cache, limits, tls, usage, clock));
    all.add(
        new LocalGauge(
            "connections.open", "Connections of callers", "", drain.connections().count()));
    all.add(new LocalGauge("loop.lag.seconds", "How late event loops are", "", lag.seconds()));
    export.ifPresent(sent ->
        all.add(
            new LocalGauge(
                "otlp.dropped", "Requests whose spans were dropped", "", sent.dropped())));
    return all;
  }

  /** The port that the hub listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  /** What budgets are counted from is what the ledger says. */
  private CompletableFuture<Long> spent(Whose whose, String name, LocalDate from, LocalDate to) {
    SpentBy by =
        switch (whose) {
          case HUB -> SpentBy.HUB;
          case KEY -> SpentBy.KEY;
          case OWNER -> SpentBy.OWNER;
          case MODEL -> SpentBy.MODEL;
        };
    return usage.spentMicros(
        new Spent(by, name, from.toEpochDay(), to.toEpochDay() - 1, own.usage().currency()));
  }

  private static AllowanceConfig allowance(Keys keys, String key) {
    return keys.config(key).map(KeyConfig::allowance).orElse(AllowanceConfig.UNLIMITED);
  }

  /** What is served now. */
  public Registry registry() {
    return backends.registry();
  }

  /**
   * Stops accepting, sends callers elsewhere, lets running calls end within the drain time, ends
   * those that are late with an error, then closes everything.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    drain.run(dispatcher.running(), own.server().drainTimeout());
    closePort();
    monitor.close();
    if (sweeping != null) {
      sweeping.cancel(false);
    }
    limits.close();
    usage.close();
    closeMedia();
    keys.close();
    tls.ifPresent(LiveTls::close);
    backends.close();
    lag.close();
    export.ifPresent(OtlpExport::close);
    metrics.close();
    levels.close();
  }

  private void closeMedia() {
    try (media) {
      voices.close();
    } catch (IOException e) {
      log.warn("the data folder was not closed well: {}", e.toString());
    }
  }

  /** Who may call. */
  public Keys keys() {
    return keys;
  }

  /** The voices that were made here. */
  public VoiceLibrary voices() {
    return voices;
  }

  /** What was used. */
  public Ledger usage() {
    return usage;
  }

  /** What the hub does with sound itself. */
  public Media media() {
    return media;
  }

  /**
   * Armeria is done two seconds later only, when the thread that accepted connections has seen that
   * nothing more comes: it holds nothing by then, so nobody waits for it.
   */
  private void closePort() {
    CompletableFuture<Void> stopped = server.stop();
    long startNanos = clock.nanoTime();
    while (!stopped.isDone()
        && !server.activePorts().isEmpty()
        && clock.nanoTime() - startNanos < PORT_CLOSING_NANOS_MAX) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }
}
