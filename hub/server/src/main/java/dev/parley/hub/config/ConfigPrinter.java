package dev.parley.hub.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The effective configuration as lines such as {@code backends[0].timeouts.idle = 60s (default)},
 * each value with where it comes from. Secrets show as {@code ***}.
 */
public final class ConfigPrinter {

  private final Origins origins;
  private final List<String> lines = new ArrayList<>();

  private ConfigPrinter(Origins origins) {
    this.origins = origins;
  }

  /** One line a value, in the order server, backends, models, defaults. */
  public static List<String> lines(HubConfig config) {
    ConfigPrinter printer = new ConfigPrinter(config.origins());
    printer.server(config.server());
    for (int i = 0; i < config.backends().size(); i++) {
      printer.backend("backends[" + i + "].", config.backends().get(i));
    }
    for (int i = 0; i < config.models().size(); i++) {
      printer.model("models[" + i + "].", config.models().get(i));
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
  }

  private void backend(String at, BackendConfig backend) {
    put(at + "id", backend.id());
    put(at + "type", backend.type());
    put(at + "base_url", backend.baseUrl());
    auth(at + "auth.", backend.auth());
    put(at + "timeouts.connect", backend.timeouts().connect());
    put(at + "timeouts.write", backend.timeouts().write());
    backend.timeouts().headers().ifPresent(limit -> put(at + "timeouts.headers", limit));
    backend.timeouts().firstByte().ifPresent(limit -> put(at + "timeouts.first_byte", limit));
    put(at + "timeouts.idle", backend.timeouts().idle());
    backend.timeouts().total().ifPresent(limit -> put(at + "timeouts.total", limit));
    put(at + "limits.concurrency", backend.limits().concurrency());
    put(at + "limits.queue", backend.limits().queue());
    backend.headers().forEach((name, value) -> put(at + "headers." + name, value));
    for (int i = 0; i < backend.models().size(); i++) {
      backendModel(at + "models[" + i + "].", backend.models().get(i));
    }
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
  }

  private void model(String at, ModelConfig model) {
    put(at + "id", model.id());
    for (int i = 0; i < model.targets().size(); i++) {
      TargetConfig target = model.targets().get(i);
      switch (target) {
        case TargetConfig.Served(String backend, String served, _) -> {
          put(at + "targets[" + i + "].backend", backend);
          put(at + "targets[" + i + "].model", served);
        }
        case TargetConfig.Alias(String alias, _) -> put(at + "targets[" + i + "].alias", alias);
      }
      put(at + "targets[" + i + "].weight", target.weight());
    }
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
    };
  }
}
