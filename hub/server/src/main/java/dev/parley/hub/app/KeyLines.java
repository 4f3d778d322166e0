package dev.parley.hub.app;

import dev.parley.core.model.Capability;
import dev.parley.core.model.Scope;
import dev.parley.hub.access.KnownKey;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.PriceText;
import dev.parley.hub.config.QuotaConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Keys as people read them. */
final class KeyLines {

  private KeyLines() {}

  /** Of one key all that there is to know. */
  static List<String> of(KnownKey key) {
    KeyConfig config = key.config();
    Scope scope = config.scope();
    Table table = new Table("name", key.name());
    table.row("owner", or(config.owner(), "-"));
    table.row("tags", list(config.tags()));
    table.row("role", role(config));
    table.row("models", any(scope.models()));
    table.row(
        "capabilities",
        any(scope.capabilities().stream().sorted().map(Capability::wireName).toList()));
    table.row("backends", any(scope.backends()));
    table.row("chooses backend", scope.pinning() == Scope.Pinning.ALLOWED ? "yes" : "no");
    table.row("priority", "at most " + config.priorityMax().wireName());
    table.row("limits", limits(config.allowance()));
    table.row("kept in", key.source().wireName());
    table.row("made", key.created().map(Object::toString).orElse("-"));
    table.row("expires", config.expires().map(Object::toString).orElse("never"));
    key.overlapEnd().ifPresent(end -> table.row("old one until", end.toString()));
    key.revoked().ifPresent(at -> table.row("revoked", at.toString()));
    return table.lines();
  }

  /** One row of the list. */
  static String[] cells(KnownKey key, Instant now) {
    KeyConfig config = key.config();
    boolean expired = config.expires().map(end -> !end.isAfter(now)).orElse(false);
    String state = key.revoked().isPresent() ? "revoked" : expired ? "expired" : "good";
    return new String[] {
      key.name(),
      or(config.owner(), "-"),
      role(config),
      state,
      config.expires().map(Object::toString).orElse("never"),
      key.source().wireName()
    };
  }

  private static String role(KeyConfig config) {
    return config.role().name().toLowerCase(Locale.ROOT);
  }

  private static String limits(AllowanceConfig allowance) {
    List<String> parts = new ArrayList<>();
    for (QuotaConfig quota : allowance.quotas()) {
      parts.add(quota.unit().wireName() + " " + quota.text());
    }
    allowance.streams().ifPresent(most -> parts.add("streams " + most));
    allowance.dayBudget().ifPresent(most -> parts.add("budget/day " + PriceText.format(most)));
    allowance.monthBudget().ifPresent(most -> parts.add("budget/month " + PriceText.format(most)));
    return parts.isEmpty() ? "as the configuration gives every key" : String.join(", ", parts);
  }

  private static String any(Collection<String> values) {
    return values.isEmpty() ? "any" : list(values);
  }

  private static String list(Collection<String> values) {
    return values.isEmpty() ? "-" : String.join(", ", values.stream().sorted().toList());
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }
}
