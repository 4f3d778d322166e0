package dev.parley.hub.dispatch;

import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.hub.config.BackendModelConfig;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.registry.RegisteredBackend;
import dev.parley.hub.registry.Registry;
import dev.parley.hub.registry.RegistrySnapshot;
import dev.parley.hub.registry.ServedModel;
import dev.parley.hub.telemetry.CallRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What calls cost, by the prices that the operator gave. Only what the target that served took is
 * charged: what other attempts took is on no bill of the hub's. Thread-safe; the price of a target
 * is looked up, not looked for.
 */
public final class Tariff {

  private final Registry registry;
  private volatile Prices prices;

  /** The prices of one snapshot, of those targets that have one. */
  private record Prices(RegistrySnapshot snapshot, Map<Target, PriceConfig> known) {}

  public Tariff(Registry registry) {
    this.registry = registry;
    this.prices = prices(registry.snapshot());
  }

  /**
   * What a call that ended used, by the price of the target that served; empty without a price.
   *
   * @param answered whether anything of an answer came
   */
  OptionalLong of(CallRecord record, Demand used, boolean answered) {
    Target target = record.target();
    PriceConfig price = target == null ? null : now().known().get(target);
    return price == null
        ? OptionalLong.empty()
        : OptionalLong.of(micros(price, used, record.usage(), answered));
  }

  /** What a call would cost with the first target of the name that it uses; 0 without a price. */
  long guess(Demand demand) {
    ServedModel model = registry.snapshot().find(demand.model()).orElse(null);
    return model == null || model.targets().isEmpty()
        ? 0
        : micros(model.targets().getFirst().price(), demand, null, true);
  }

  private Prices now() {
    Prices known = prices;
    RegistrySnapshot snapshot = registry.snapshot();
    if (known.snapshot() != snapshot) {
      known = prices(snapshot);
      prices = known;
    }
    return known;
  }

  private static Prices prices(RegistrySnapshot snapshot) {
    Map<Target, PriceConfig> known = new HashMap<>();
    for (RegisteredBackend backend : snapshot.backends()) {
      for (BackendModelConfig model : backend.config().models()) {
        if (model.price().isKnown()) {
          known.put(new Target(backend.id(), model.id()), model.price());
        }
      }
    }
    return new Prices(snapshot, known);
  }

  /** Rounded once, so that many parts cost what one does. */
  static long micros(
      PriceConfig price, Demand used, @Nullable TokenUsage counted, boolean answered) {
    ExactSum sum = new ExactSum();
    tokens(sum, price, used, counted);
    price.audioMinute().ifPresent(each -> sum.perMinute(each, used.audioMillis()));
    price.characters().ifPresent(each -> sum.perMillion(each, used.characters()));
    if (answered) {
      price.request().ifPresent(sum::once);
    }
    return sum.rounded();
  }

  /**
   * Backends count cached tokens and those of sound among the others. What has a price of its own
   * is taken from these; tokens that are both are charged as cached.
   */
  private static void tokens(
      ExactSum sum, PriceConfig price, Demand used, @Nullable TokenUsage counted) {
    long input = used.inputTokens();
    long output = used.outputTokens();
    if (counted != null) {
      long cached = apart(sum, price.cachedTokens(), counted.cached(), input);
      long sound = apart(sum, price.audioInputTokens(), counted.audioIn(), input - cached);
      input -= cached + sound;
      output -= apart(sum, price.audioOutputTokens(), counted.audioOut(), output);
    }
    sum.perMillion(price.inputTokens().orElse(0), input);
    sum.perMillion(price.outputTokens().orElse(0), output);
  }

  /** Adds those with a price of their own, of so many at most; how many they are. */
  private static long apart(ExactSum sum, OptionalLong price, long count, long most) {
    if (price.isEmpty() || count <= 0) {
      return 0;
    }
    long those = Math.min(count, most);
    sum.perMillion(price.getAsLong(), those);
    return those;
  }
}
