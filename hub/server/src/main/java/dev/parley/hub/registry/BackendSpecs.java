package dev.parley.hub.registry;

import dev.parley.core.spi.BackendSpec;
import dev.parley.core.spi.Credentials;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.AuthConfig;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BackendModelConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns what the operator wrote into what an adapter is opened with. */
final class BackendSpecs {

  private BackendSpecs() {}

  static BackendSpec of(BackendConfig config, long responseBytesMax) {
    List<ModelInfo> models =
        config.models().stream().map(model -> ModelFacts.merge(model, null)).toList();
    Map<String, String> headers =
        config.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().value()));
    return new BackendSpec(
        config.id(),
        config.type(),
        config.baseUrl(),
        credentials(config.auth()),
        headers,
        config.timeouts().connect(),
        config.timeouts().write(),
        responseBytesMax,
        models,
        sampleRates(config),
        config.tls());
  }

  private static Map<String, Integer> sampleRates(BackendConfig config) {
    return config.models().stream()
        .filter(model -> model.sampleRateHz().isPresent())
        .collect(
            Collectors.toMap(
                BackendModelConfig::id, model -> model.sampleRateHz().getAsInt(), (a, _) -> a));
  }

  private static Credentials credentials(AuthConfig auth) {
    return switch (auth) {
      case AuthConfig.None() -> new Credentials.None();
      case AuthConfig.Bearer(var token) -> new Credentials.Bearer(token.value());
      case AuthConfig.Basic(var user, var password) ->
          new Credentials.Basic(user, password.value());
      case AuthConfig.Header(var name, var value) -> new Credentials.Header(name, value.value());
    };
  }
}
