package dev.parley.hub.app;

import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.dispatch.Dispatcher;
import dev.parley.hub.media.Media;
import dev.parley.hub.recognition.RecognitionDesk;
import dev.parley.hub.registry.HealthMonitor;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.speakers.SpeakersDesk;
import dev.parley.hub.speech.SpeechDesk;
import dev.parley.hub.telemetry.CallEnd;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.Metrics;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceDirectory;
import dev.parley.hub.voice.VoiceLibrary;
import java.io.IOException;
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
  private final Media media;
  private final VoiceLibrary voices;
  private final BackendAssembly backends;
  private final HealthMonitor monitor;
  private final Server server;
  private final Dispatcher dispatcher;
  private final Drain drain;
  private final AtomicBoolean closed = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> sweeping;

  /**
   * Opens what the hub keeps and prepares to listen.
   *
   * @param places where it keeps it
   * @throws CannotStoreException when the data folder cannot be made or written
   */
  public Hub(HubConfig config, Places places, Clock clock) {
    this.own = config.own();
    this.clock = clock;
    this.media = places.open(own, clock);
    this.backends = BackendAssembly.of(config);
    this.voices = places.voices(own, media, clock, SpeechDesk.withdrawal(registry()));
    this.monitor = new HealthMonitor(registry(), backends.loops().next(), clock);
    this.drain = new Drain(clock);
    CallLog calls = new CallLog(clock);
    Metrics metrics =
        new Metrics(
            () -> Gauges.backends(registry()),
            () -> Gauges.targets(registry(), clock),
            () -> Gauges.local(media, voices),
            clock);
    CallEnd ended = calls.then(metrics.calls());
    RandomGenerator lots = () -> ThreadLocalRandom.current().nextLong();
    this.dispatcher = new Dispatcher(registry(), ended, clock, lots);
    SpeechDesk speech =
        new SpeechDesk(
            new SpeechDesk.Parts(
                registry(),
                media,
                voices,
                new RecordingDesk(media.sounds(), own.voices()),
                dispatcher.running(),
                ended),
            clock,
            lots);
    SpeakersDesk speakers =
        new SpeakersDesk(
            new SpeakersDesk.Parts(registry(), media.sounds(), dispatcher.running(), ended),
            clock,
            lots);
    RecognitionDesk recognition =
        new RecognitionDesk(
            new RecognitionDesk.Parts(registry(), media, speakers, dispatcher.running(), ended),
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
            metrics.sounds(calls, clock),
            speech,
            recognition,
            speakers,
            clock,
            drain));
    builder.workerGroup(backends.loops(), false);
    this.server = builder.build();
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
    voices.warm();
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
   * Puts other backends, models and defaults in effect, all at once. Running calls go on as they
   * began. What the hub listens on and its limits stay as they were at the start.
   */
  public void apply(HubConfig next) {
    registry()
        .apply(new HubConfig(own, next.backends(), next.models(), next.defaults(), next.origins()));
    var _ = registry().refresh();
  }

  /** The port that the hub listens on. */
  public int port() {
    return server.activeLocalPort();
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
    closeMedia();
    backends.close();
  }

  private void closeMedia() {
    try (media) {
      voices.close();
    } catch (IOException e) {
      log.warn("the data folder was not closed well: {}", e.toString());
    }
  }

  /** The voices that were made here. */
  public VoiceLibrary voices() {
    return voices;
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
