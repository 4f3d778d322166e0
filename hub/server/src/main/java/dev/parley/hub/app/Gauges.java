package dev.parley.hub.app;

import dev.parley.adapters.http.LiveTls;
import dev.parley.core.model.Target;
import dev.parley.core.spi.ModelInfo;
import dev.parley.core.time.Clock;
import dev.parley.hub.cache.AnswerCache;
import dev.parley.hub.limits.Turnstile;
import dev.parley.hub.media.Media;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.telemetry.BackendGauge;
import dev.parley.hub.telemetry.LocalGauge;
import dev.parley.hub.telemetry.TargetGauge;
import dev.parley.hub.usage.Ledger;
import dev.parley.hub.usage.LedgerStatus;
import dev.parley.hub.voice.VoiceLibrary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows the registry to whoever scrapes. */
final class Gauges {

  private static final long SECONDS_OF_A_DAY = 86_400;

  private Gauges() {}

  static List<BackendGauge> backends(Registry registry) {
    return registry.snapshot().backends().stream().map(Gauges::of).toList();
  }

  /** Every model that a backend is known to serve. */
  static List<TargetGauge> targets(Registry registry, Clock clock) {
    long now = clock.nanoTime();
    return registry.snapshot().backends().stream()
        .flatMap(backend -> backend.models().stream().map(model -> target(backend, model, now)))
        .toList();
  }

  private static TargetGauge target(RegisteredBackend backend, ModelInfo model, long now) {
    return new TargetGauge(
        new Target(backend.id(), model.id()),
        backend.vitals(model.id(), now).breaker().name().toLowerCase(Locale.ROOT));
  }

  private static BackendGauge of(RegisteredBackend backend) {
    return new BackendGauge(
        backend.id(),
        backend.bulkhead().running(),
        backend.bulkhead().queued(),
        backend.isUsable());
  }

  /** What the hub computes itself and keeps for callers. */
  static List<LocalGauge> local(
      Media media,
      VoiceLibrary voices,
      AnswerCache cache,
      Turnstile limits,
      Optional<LiveTls> tls,
      Ledger usage,
      Clock clock) {
    Media.Status now = media.status();
    List<LocalGauge> gauges = new ArrayList<>();
    gauges.add(of("sound.running", "Calls on sound under way", now.workers().calls()));
    gauges.add(of("sound.speaking", "Streams of speech open", now.workers().speaking()));
    gauges.add(of("sound.waiting", "Steps of such calls in line", now.workers().waiting()));
    gauges.add(of("sound.refused", "Such calls turned away so far", now.workers().refused()));
    gauges.add(of("media.items", "Uploads that are kept", now.stored().items()));
    gauges.add(of("media.bytes", "Bytes of those", (double) now.stored().bytesStored()));
    gauges.add(of("media.uploads", "Uploads under way", now.stored().uploads()));
    gauges.add(of("cache.answers", "Answers that are kept", (double) cache.size()));
    gauges.add(of("cache.bytes", "Bytes of those", (double) cache.bytes()));
    gauges.add(
        of("limits.store.up", "1 where the store of limits answers", limits.isStoreUp() ? 1 : 0));
    gauges.add(
        of(
            "limits.store.missed",
            "Times the store of limits did not answer in time so far",
            (double) limits.missed()));
    gauges.add(of("limits.owed", "Limits of which the store has not heard all", limits.owed()));
    gauges.add(
        of(
            "limits.owed.dropped",
            "Amounts that it will not hear of so far",
            (double) limits.owedDropped()));
    voices
        .count()
        .ifPresent(count -> gauges.add(of("voices.stored", "Voices that were made here", count)));
    tls.flatMap(LiveTls::expires)
        .ifPresent(end -> {
          Instant asked = Instant.ofEpochMilli(clock.epochMillis());
          double days = (double) Duration.between(asked, end).toSeconds() / SECONDS_OF_A_DAY;
          gauges.add(of("tls.days.left", "Days until the hub's certificate expires", days));
        });
    LedgerStatus rows = usage.status();
    gauges.add(of("usage.waiting", "Rows of usage in memory", (double) rows.waiting()));
    gauges.add(of("usage.written", "Rows of usage written so far", (double) rows.written()));
    gauges.add(of("usage.spilled", "Rows of usage put aside so far", (double) rows.spilled()));
    gauges.add(of("usage.spill.bytes", "Bytes of usage put aside now", (double) rows.spillBytes()));
    gauges.add(of("usage.dropped", "Rows of usage lost so far", (double) rows.dropped()));
    now.live()
        .forEach((model, live) -> {
          gauges.add(
              new LocalGauge("live.streams", "Live streams that are open", model, live.streams()));
          gauges.add(
              new LocalGauge(
                  "live.runs", "Runs of the network for them", model, (double) live.runs()));
          gauges.add(
              new LocalGauge(
                  "live.chunks", "Chunks heard in those runs", model, (double) live.rows()));
        });
    return gauges;
  }

  private static LocalGauge of(String name, String help, double value) {
    return new LocalGauge(name, help, "", value);
  }
}
