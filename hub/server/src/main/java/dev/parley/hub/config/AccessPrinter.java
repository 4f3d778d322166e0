package dev.parley.hub.config;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Scope;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Prints who may call, in the order of the file; keys themselves never. */
final class AccessPrinter {

  /** Where the names of the environment's keys are shown. */
  static final String ENVIRONMENT = "access.keys of the environment";

  private final BiConsumer<String, Object> out;

  /**
   * @param out takes a path and its value
   */
  AccessPrinter(BiConsumer<String, Object> out) {
    this.out = out;
  }

  void print(AccessConfig access) {
    put("access.open", word(access.open()));
    put("access.metrics", word(access.metrics()));
    put(
        "access.cors.origins",
        access.origins().isEmpty() ? "none" : String.join(", ", access.origins()));
    put(
        "access.trusted_proxies",
        access.trustedProxies().isEmpty()
            ? "none"
            : access.trustedProxies().stream()
                .map(AddressBlock::text)
                .collect(Collectors.joining(", ")));
    for (int i = 0; i < access.keys().size(); i++) {
      if (access.keys().get(i).source() == StaticKeyConfig.Source.CONFIGURATION) {
        key("access.keys[" + i + "].", access.keys().get(i));
      }
    }
    String ofEnvironment =
        access.keys().stream()
            .filter(key -> key.source() == StaticKeyConfig.Source.ENVIRONMENT)
            .map(key -> key.key().name())
            .collect(Collectors.joining(", "));
    if (!ofEnvironment.isEmpty()) {
      put(ENVIRONMENT, ofEnvironment);
    }
  }

  private void key(String at, StaticKeyConfig given) {
    KeyConfig key = given.key();
    put(at + "name", key.name());
    put(at + "key", given.secret());
    if (!key.owner().isEmpty()) {
      put(at + "owner", key.owner());
    }
    list(at + "tags", key.tags().stream().sorted().toList());
    put(at + "expires", key.expires().map(Object::toString).orElse("never"));
    Scope scope = key.scope();
    list(at + "models", scope.models());
    list(
        at + "capabilities",
        scope.capabilities().stream().sorted().map(Capability::wireName).toList());
    list(at + "backends", scope.backends().stream().sorted().toList());
    put(at + "pin", scope.pinning() == Scope.Pinning.ALLOWED);
    put(at + "priority_max", key.priorityMax().wireName());
    put(at + "role", word(key.role()));
    allowance(at + "limits.", key.allowance());
  }

  private void allowance(String at, AllowanceConfig allowance) {
    for (QuotaUnit unit : QuotaUnit.values()) {
      list(
          at + unit.wireName(),
          allowance.quotas().stream()
              .filter(quota -> quota.unit() == unit)
              .map(QuotaConfig::text)
              .toList());
    }
    allowance.streams().ifPresent(most -> put(at + "streams", most));
    allowance.dayBudget().ifPresent(most -> put(at + "budget.day", PriceText.format(most)));
    allowance.monthBudget().ifPresent(most -> put(at + "budget.month", PriceText.format(most)));
  }

  // What is not restricted has no line.
  private void list(String path, List<String> values) {
    if (!values.isEmpty()) {
      put(path, values.stream().collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void put(String path, Object value) {
    out.accept(path, value);
  }
}
