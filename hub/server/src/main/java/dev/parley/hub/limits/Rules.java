package dev.parley.hub.limits;

import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.QuotasConfig;
import java.util.function.Function;

/** Who may use how much, as it is now. Thread-safe. */
final class Rules {

  private final Function<String, AllowanceConfig> keys;
  private volatile QuotasConfig config;

  /**
   * Of a configuration that may be replaced.
   *
   * @param keys a key's own allowance by its name; unlimited: it has none of its own
   */
  Rules(QuotasConfig config, Function<String, AllowanceConfig> keys) {
    this.config = config;
    this.keys = keys;
  }

  void apply(QuotasConfig next) {
    config = next;
  }

  AllowanceConfig hub() {
    return config.hub();
  }

  AllowanceConfig key(String name) {
    if (name.isEmpty()) {
      return AllowanceConfig.UNLIMITED;
    }
    AllowanceConfig own = keys.apply(name);
    return own.isUnlimited() ? config.key() : own;
  }

  AllowanceConfig owner(String name) {
    return config.owners().getOrDefault(name, AllowanceConfig.UNLIMITED);
  }

  AllowanceConfig model(String name) {
    return config.models().getOrDefault(name, AllowanceConfig.UNLIMITED);
  }
}
