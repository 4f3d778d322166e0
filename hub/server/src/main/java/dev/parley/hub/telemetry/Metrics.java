package dev.parley.hub.telemetry;

import dev.parley.core.time.Clock;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Everything that is measured, in the text format of Prometheus. Backends are looked at when
 * somebody scrapes, so what is gone from the configuration is gone from the answer, too.
 */
public final class Metrics implements AutoCloseable {

  /** The media type of {@link #scrape}. */
  public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CallMetrics calls;
  private final RequestMetrics requests;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Supplier<List<BackendGauge>> backends;
  private final Supplier<List<TargetGauge>> targets;
  private final Supplier<List<LocalGauge>> local;
  private final Map<String, MultiGauge> localGauges = new HashMap<>();
  private final MultiGauge running = gauge("backend.running", "Calls that run on a backend");
  private final MultiGauge queued = gauge("backend.queued", "Calls that wait for a backend");
  private final MultiGauge up = gauge("backend.up", "Whether the latest probe found it usable");
  private final MultiGauge breakers = gauge("target.breaker", "1 for the state of the breaker");

  /**
   * @param backends every backend as it is now; asked on the thread that scrapes
   * @param local the hub's own kernels as they are now
   * @param targets every target that a breaker watches as it is now; at most a few hundred
   */
  public Metrics(
      Supplier<List<BackendGauge>> backends,
      Supplier<List<TargetGauge>> targets,
      Supplier<List<LocalGauge>> local,
      Clock clock) {
    this.local = local;
    this.calls = new CallMetrics(registry, clock);
    this.requests = new RequestMetrics(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collections.bindTo(registry);
    this.backends = backends;
    this.targets = targets;
  }

  private MultiGauge gauge(String name, String description) {
    return MultiGauge.builder("parley." + name).description(description).register(registry);
  }

  /** Counts the calls that end. */
  public CallEnd calls() {
    return calls;
  }

  /** Counts the requests that are over. */
  public RequestEnd requests() {
    return requests;
  }

  /** Listens to the collector of garbage no more. */
  @Override
  public void close() {
    collections.close();
  }

  /** Notes calls on sound, in this log and in what is measured. */
  public SoundLog sounds(CallLog log, Clock clock) {
    return sounds(log, SoundEnd.NOBODY, clock);
  }

  /** Notes calls on sound, in this log and in what is measured, and tells {@code next} of them. */
  public SoundLog sounds(CallLog log, SoundEnd next, Clock clock) {
    return new SoundLog(log, registry, next, clock);
  }

  /** The text; takes milliseconds where there is much, so it is not for an event loop. */
  public synchronized String scrape() {
    List<BackendGauge> seen = backends.get();
    running.register(seen.stream().map(it -> row(it, it.running())).toList(), true);
    queued.register(seen.stream().map(it -> row(it, it.queued())).toList(), true);
    up.register(seen.stream().map(it -> row(it, it.up() ? 1 : 0)).toList(), true);
    breakers.register(targets.get().stream().map(Metrics::row).toList(), true);
    local();
    return registry.scrape();
  }

  private void local() {
    Map<String, List<LocalGauge>> byName =
        local.get().stream().collect(Collectors.groupingBy(LocalGauge::name));
    byName.forEach((name, gauges) ->
        localGauges
            .computeIfAbsent(name, _ -> gauge(name, gauges.getFirst().help()))
            .register(
                gauges.stream()
                    .map(it -> Row.of(Tags.of("model", it.model()), it.value()))
                    .toList(),
                true));
  }

  private static Row<?> row(BackendGauge gauge, int value) {
    return Row.of(Tags.of("backend", gauge.backend()), value);
  }

  private static Row<?> row(TargetGauge gauge) {
    return Row.of(
        Tags.of(
            "backend", gauge.target().backend(),
            "model", gauge.target().model(),
            "state", gauge.breaker()),
        1);
  }
}
