package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import dev.parley.core.spi.TlsFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The effective configuration as lines such as {@code backends[0].timeouts.idle = 60s (default)},
 * each value with where it comes from. Secrets show as {@code ***}.
 */
public final class ConfigPrinter {

  private final Origins origins;
  private final Function<String, OptionalInt> usualConcurrency;
  private final List<String> lines = new ArrayList<>();

  private ConfigPrinter(Origins origins, Function<String, OptionalInt> usualConcurrency) {
    this.origins = origins;
    this.usualConcurrency = usualConcurrency;
  }

  /**
   * One line a value, in the order server, media, local, database, voices, cache, access, limits,
   * telemetry, usage, backends, models, defaults.
   */
  public static List<String> lines(HubConfig config) {
    return lines(config, _ -> OptionalInt.empty());
  }

  /**
   * As {@link #lines(HubConfig)}, for types of backends of which something is known.
   *
   * @param usualConcurrency calls that such a type of backend is given when the operator says
   *     nothing
   */
  public static List<String> lines(
      HubConfig config, Function<String, OptionalInt> usualConcurrency) {
    ConfigPrinter printer = new ConfigPrinter(config.origins(), usualConcurrency);
    printer.server(config.server());
    printer.media(config.own().media());
    printer.local(config.own().local());
    printer.database(config.own().database());
    printer.voices(config.own().voices());
    printer.cache(config.own().cache());
    new AccessPrinter(printer::put).print(config.own().access());
    new QuotasPrinter(printer::put).print(config.own().limits());
    printer.telemetry(config.own().telemetry());
    printer.usage(config.own().usage());
    for (int i = 0; i < config.backends().size(); i++) {
      printer.backend("backends[" + i + "].", config.backends().get(i));
    }
    ModelPrinter models = new ModelPrinter(printer::put);
    for (int i = 0; i < config.models().size(); i++) {
      models.print("models[" + i + "].", config.models().get(i));
    }
    config
        .defaults()
        .models()
        .forEach((capability, model) -> printer.put("defaults." + capability.wireName(), model));
    return List.copyOf(printer.lines);
  }

  private void server(ServerConfig server) {
    put("server.host", server.host());
    put("server.port", server.port());
    put("server.request_bytes_max", SizeText.format(server.requestBytesMax()));
    put("server.response_bytes_max", SizeText.format(server.responseBytesMax()));
    put("server.json_depth_max", server.jsonDepthMax());
    put("server.drain_timeout", server.drainTimeout());
    put("server.heartbeat", server.heartbeat());
    put("server.head_timeout", server.headTimeout());
    put("server.connections_max", server.connectionsMax());
    put(
        "server.connections_per_address_max",
        server.connectionsPerAddressMax() == 0 ? "no limit" : server.connectionsPerAddressMax());
    if (server.tls().isEmpty()) {
      put("server.tls", "none: plain HTTP");
    }
    server
        .tls()
        .ifPresent(tls -> {
          files("server.tls.", "client_ca", tls.files());
          put("server.tls.client_auth", tls.clientAuth().wireName());
        });
  }

  private void files(String at, String ca, TlsFiles files) {
    files.certificate().ifPresent(file -> put(at + "certificate", file));
    files.key().ifPresent(file -> put(at + "key", file));
    files.ca().ifPresent(file -> put(at + ca, file));
  }

  private void media(MediaConfig media) {
    put("media.item_bytes_max", SizeText.format(media.itemBytesMax()));
    put("media.total_bytes_max", SizeText.format(media.totalBytesMax()));
    put("media.keep", media.keep());
  }

  private void local(LocalConfig local) {
    put("local.device", local.device().wireName());
    put("local.gpu", local.gpu());
    put(
        "local.gpu_memory_max",
        local.gpuMemoryMax() == 0 ? "no limit" : SizeText.format(local.gpuMemoryMax()));
    put("local.models", local.models().orElse("models in the data folder"));
    put(
        "local.workers",
        local.workers().isPresent() ? local.workers().getAsInt() : "one fewer than cores");
    put("local.calls_max", local.callsMax());
    put("local.live_max", local.liveMax());
    put("local.speaking_max", local.speakingMax());
    put("local.speech", local.speech().wireName());
  }

  private void database(Optional<DatabaseConfig> server) {
    put("database.url", server.map(DatabaseConfig::url).orElse("files in the data folder"));
    server.flatMap(DatabaseConfig::user).ifPresent(user -> put("database.user", user));
    server
        .flatMap(DatabaseConfig::password)
        .ifPresent(password -> put("database.password", password));
  }

  private void cache(CacheConfig cache) {
    put("cache.bytes_max", SizeText.format(cache.bytesMax()));
    put("cache.entry_bytes_max", SizeText.format(cache.entryBytesMax()));
  }

  private void telemetry(TelemetryConfig telemetry) {
    new TreeMap<>(telemetry.logLevels())
        .forEach((name, level) -> put("telemetry.log.levels." + name, level));
    telemetry
        .otlp()
        .ifPresent(otlp -> {
          put("telemetry.otlp.endpoint", otlp.endpoint());
          put("telemetry.otlp.sample", otlp.sample());
          new TreeMap<>(otlp.headers())
              .forEach((name, value) -> put("telemetry.otlp.headers." + name, value));
        });
  }

  private void voices(VoicesConfig voices) {
    put("voices.references_bytes_max", SizeText.format(voices.referencesBytesMax()));
    put("voices.seconds_max", voices.secondsMax());
  }

  private void usage(UsageConfig usage) {
    put("usage.flush", usage.flush());
    put("usage.keep", usage.keep());
    put("usage.currency", usage.currency());
  }

  private void backend(String at, BackendConfig backend) {
    put(at + "id", backend.id());
    put(at + "type", backend.type());
    put(at + "base_url", backend.baseUrl());
    auth(at + "auth.", backend.auth());
    put(at + "local", backend.local());
    put(at + "media_urls", backend.mediaUrls());
    backend.tls().ifPresent(files -> files(at + "tls.", "ca", files));
    timeouts(at + "timeouts.", backend.timeouts());
    put(
        at + "limits.concurrency",
        backend.limits().concurrency(usualConcurrency.apply(backend.type())));
    put(at + "limits.queue", backend.limits().queue());
    or(
        at + "limits.queue_wait",
        backend.limits().queueWait(),
        "as long as the whole call may take");
    breaker(at + "breaker.", backend.breaker());
    retry(at + "retry.", backend.retry());
    backend.headers().forEach((name, value) -> put(at + "headers." + name, value));
    for (int i = 0; i < backend.models().size(); i++) {
      backendModel(at + "models[" + i + "].", backend.models().get(i));
    }
  }

  private void timeouts(String at, TimeoutsConfig timeouts) {
    put(at + "connect", timeouts.connect());
    put(at + "write", timeouts.write());
    or(at + "headers", timeouts.headers(), "no limit of its own");
    String streams = DurationText.format(TimeoutsConfig.STREAM_FIRST_BYTE_DEFAULT);
    or(at + "first_byte", timeouts.firstByte(), streams + " for streams, else no limit of its own");
    put(at + "idle", timeouts.idle());
    String usual =
        Arrays.stream(Capability.values())
            .map(TimeoutsConfig::totalDefault)
            .distinct()
            .sorted()
            .map(DurationText::format)
            .collect(Collectors.joining(" or "));
    or(at + "total", timeouts.total(), usual + ", by what is asked");
  }

  private void breaker(String at, BreakerConfig breaker) {
    put(at + "failures", breaker.failures());
    put(at + "error_percent", breaker.errorPercent());
    put(at + "window", breaker.window());
    put(at + "calls_min", breaker.callsMin());
    put(at + "cool_down", breaker.coolDown());
    put(at + "cool_down_max", breaker.coolDownMax());
    put(at + "probes", breaker.probes());
    put(at + "ramp", breaker.ramp());
  }

  private void retry(String at, RetryConfig retry) {
    put(at + "tries", retry.tries());
    put(at + "tries_alone", retry.triesAlone());
    put(at + "backoff", retry.backoff());
    put(at + "backoff_max", retry.backoffMax());
    put(at + "wait_max", retry.waitMax());
    put(at + "budget_percent", retry.budgetPercent());
    put(at + "budget_min", retry.budgetMin());
  }

  private void auth(String at, AuthConfig auth) {
    put(at + "scheme", auth.scheme());
    switch (auth) {
      case AuthConfig.None() -> {}
      case AuthConfig.Bearer(Secret token) -> put(at + "token", token);
      case AuthConfig.Basic(String user, Secret password) -> {
        put(at + "user", user);
        put(at + "password", password);
      }
      case AuthConfig.Header(String name, Secret value) -> {
        put(at + "name", name);
        put(at + "value", value);
      }
    }
  }

  private void backendModel(String at, BackendModelConfig model) {
    put(at + "id", model.id());
    list(at + "capabilities", model.capabilities().stream().map(c -> c.wireName()).toList());
    list(at + "input_modalities", model.inputModalities().stream().map(m -> m.wireName()).toList());
    list(
        at + "output_modalities",
        model.outputModalities().stream().map(m -> m.wireName()).toList());
    number(at + "context_length", model.contextLength());
    number(at + "sample_rate_hz", model.sampleRateHz());
    list(at + "languages", model.languages());
    text(at + "voice", model.voice());
    model.voices().forEach((name, voice) -> put(at + "voices." + name, voice));
    price(at + "price.input_tokens", model.price().inputTokens());
    price(at + "price.output_tokens", model.price().outputTokens());
    price(at + "price.cached_tokens", model.price().cachedTokens());
    price(at + "price.audio_input_tokens", model.price().audioInputTokens());
    price(at + "price.audio_output_tokens", model.price().audioOutputTokens());
    price(at + "price.audio_minute", model.price().audioMinute());
    price(at + "price.characters", model.price().characters());
    price(at + "price.request", model.price().request());
  }

  // What was not said about a model has no effective value yet, so it has no line.
  private void list(String path, Collection<String> values) {
    if (!values.isEmpty()) {
      put(path, values.stream().collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private void number(String path, OptionalInt value) {
    value.ifPresent(number -> put(path, number));
  }

  private void text(String path, String value) {
    if (!value.isEmpty()) {
      put(path, value);
    }
  }

  private void price(String path, OptionalLong price) {
    price.ifPresent(millionths -> put(path, PriceText.format(millionths)));
  }

  /** A value, or in words what holds without one. */
  private void or(String path, Optional<Duration> value, String otherwise) {
    put(path, value.<Object>map(given -> given).orElse(otherwise));
  }

  private void put(String path, Object value) {
    String shown = value instanceof Duration duration ? DurationText.format(duration) : "" + value;
    lines.add(path + " = " + Shown.escaped(shown, 200) + " (" + origin(path) + ")");
  }

  private String origin(String path) {
    return switch (origins.of(path)) {
      case Origin.Default() -> "default";
      case Origin.InFile(int line) -> origins.file() + ":" + line;
      case Origin.Environment(List<String> variables, int line) ->
          "environment " + String.join(", ", variables) + ", at " + origins.file() + ":" + line;
      case Origin.Variable(String name) -> "environment " + name;
      case Origin.Told() -> "as the server says";
    };
  }
}
