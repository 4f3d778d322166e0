package dev.parley.hub.routing;

import dev.parley.core.model.Target;
import dev.parley.core.model.Traits;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.ModelInfo;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BackendModelConfig;
import dev.parley.hub.config.Defaults;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ModelConfig;
import dev.parley.hub.config.Origins;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.fake.FakeType;
import dev.parley.hub.fake.Fakes;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.resilience.Vitals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Backends, names and health as a test wants them. */
final class World {

  private final FakeType type = new FakeType("fake");
  private final Registry registry = new Registry(List.of(type));
  private final Map<String, BackendConfig> backends = new LinkedHashMap<>();
  private final Map<String, List<ModelInfo>> listings = new HashMap<>();
  private final Map<String, Vitals> vitals = new HashMap<>();
  private final List<ModelConfig> names = new ArrayList<>();
  private final List<String> down = new ArrayList<>();
  private Optional<RegistrySnapshot> snapshot = Optional.empty();

  /** A backend elsewhere that lists these models. */
  World backend(String id, ModelInfo... models) {
    BackendConfig plain =
        Fakes.config("backends:\n  - {id: " + id + ", type: fake, base_url: 'http://b/v1'}\n")
            .backends()
            .getFirst();
    backends.put(id, plain);
    listings.put(id, List.of(models));
    return this;
  }

  World local(String id, ModelInfo... models) {
    backend(id, models);
    BackendConfig plain = Objects.requireNonNull(backends.get(id));
    return configured(plain, plain.models(), true);
  }

  /** Makes the operator list this model alone, with a price. */
  World priced(String id, String model, PriceConfig price) {
    BackendConfig plain = Objects.requireNonNull(backends.get(id));
    BackendModelConfig named = BackendModelConfig.named(model);
    BackendModelConfig listed =
        new BackendModelConfig(
            model,
            named.capabilities(),
            named.inputModalities(),
            named.outputModalities(),
            named.contextLength(),
            named.sampleRateHz(),
            named.languages(),
            price,
            named.voice(),
            named.voices());
    return configured(plain, List.of(listed), plain.local());
  }

  private World configured(BackendConfig plain, List<BackendModelConfig> models, boolean local) {
    backends.put(
        plain.id(),
        new BackendConfig(
            plain.id(),
            plain.type(),
            plain.baseUrl(),
            plain.auth(),
            models,
            plain.timeouts(),
            plain.limits(),
            plain.breaker(),
            plain.retry(),
            local,
            plain.headers()));
    return this;
  }

  World name(ModelConfig alias) {
    names.add(alias);
    return this;
  }

  World down(String id) {
    down.add(id);
    return this;
  }

  World is(String target, Vitals now) {
    vitals.put(target, now);
    return this;
  }

  /** What the hub knows; the world stays as it is from now on, but for its health. */
  RegistrySnapshot snapshot() {
    if (snapshot.isEmpty()) {
      registry.apply(
          new HubConfig(
              OwnConfig.DEFAULT,
              new ArrayList<>(backends.values()),
              names,
              Defaults.NONE,
              Origins.NONE));
      listings.forEach((id, models) -> type.backend(id).lists(models.toArray(ModelInfo[]::new)));
      registry.refresh().join();
      down.forEach(id -> type.backend(id).is(new BackendStatus.Down("refused")));
      registry.refresh().join();
      snapshot = Optional.of(registry.snapshot());
    }
    return snapshot.get();
  }

  Plan plan(Traits traits, double lot) {
    return Router.plan(traits, snapshot(), this::health, lot);
  }

  Vitals health(RegisteredBackend backend, Target target) {
    return vitals.getOrDefault(target.toString(), Vitals.fresh(4));
  }

  /** The chosen targets, in order, between blanks. */
  static String order(Plan plan) {
    return String.join(" ", plan.chosen().stream().map(step -> step.target().toString()).toList());
  }
}
