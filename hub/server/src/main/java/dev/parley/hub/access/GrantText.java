package dev.parley.hub.access;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Priority;
import dev.parley.core.model.Scope;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a key stands for, but its name, as the JSON text that the database keeps. What this hub does
 * not know (any more) of a restriction allows nothing, rather than everything.
 */
final class GrantText {

  private GrantText() {}

  static String of(KeyConfig key) {
    JsonWriter json = new JsonWriter(512).beginObject();
    json.member("owner", key.owner());
    texts(json, "tags", key.tags());
    key.expires().ifPresent(at -> json.member("expires_millis", at.toEpochMilli()));
    Scope scope = key.scope();
    texts(json, "models", scope.models());
    texts(
        json,
        "capabilities",
        scope.capabilities().stream().sorted().map(Capability::wireName).toList());
    texts(json, "backends", scope.backends());
    json.member("pin", scope.pinning() == Scope.Pinning.ALLOWED);
    json.member("priority_max", key.priorityMax().wireName());
    json.member("role", key.role().name());
    json.name("quotas").beginArray();
    for (QuotaConfig quota : key.allowance().quotas()) {
      json.beginObject().member("unit", quota.unit().wireName()).member("amount", quota.amount());
      json.member("period_millis", quota.period().toMillis()).endObject();
    }
    json.endArray();
    key.allowance().streams().ifPresent(most -> json.member("streams", (long) most));
    key.allowance().dayBudget().ifPresent(most -> json.member("day_budget", most));
    key.allowance().monthBudget().ifPresent(most -> json.member("month_budget", most));
    return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
  }

  private static void texts(JsonWriter json, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      json.name(name).beginArray();
      values.forEach(json::value);
      json.endArray();
    }
  }

  static KeyConfig parse(String name, String text) {
    JsonValue json = Json.parse(text.getBytes(StandardCharsets.UTF_8));
    JsonValue pin = json.get("pin");
    return new KeyConfig(
        name,
        string(json, "owner").orElse(""),
        Set.copyOf(texts(json, "tags")),
        number(json, "expires_millis").map(Instant::ofEpochMilli),
        new Scope(
            texts(json, "models"),
            capabilities(texts(json, "capabilities")),
            Set.copyOf(texts(json, "backends")),
            pin == null || pin.asBoolean() ? Scope.Pinning.ALLOWED : Scope.Pinning.REFUSED),
        string(json, "priority_max").flatMap(Priority::byName).orElse(Priority.BATCH),
        string(json, "role").equals(Optional.of(KeyConfig.Role.ADMIN.name()))
            ? KeyConfig.Role.ADMIN
            : KeyConfig.Role.CALLER,
        allowance(json));
  }

  private static Set<Capability> capabilities(List<String> names) {
    Set<Capability> known = new HashSet<>();
    for (String name : names) {
      // One that only a newer hub knows is left out, but must not leave the set empty.
      known.add(
          Capability.byName(name)
              .orElseThrow(() -> new IllegalStateException("unknown capability of a key")));
    }
    return known;
  }

  private static AllowanceConfig allowance(JsonValue json) {
    List<QuotaConfig> quotas = new ArrayList<>();
    JsonValue listed = json.get("quotas");
    if (listed != null) {
      listed
          .elements()
          .forEach(quota ->
              quotas.add(
                  new QuotaConfig(
                      string(quota, "unit").flatMap(QuotaUnit::byName).orElseThrow(),
                      number(quota, "amount").orElseThrow(),
                      Duration.ofMillis(number(quota, "period_millis").orElseThrow()))));
    }
    return new AllowanceConfig(
        quotas,
        number(json, "streams")
            .map(most -> OptionalInt.of(Math.toIntExact(most)))
            .orElseGet(OptionalInt::empty),
        optional(json, "day_budget"),
        optional(json, "month_budget"));
  }

  private static OptionalLong optional(JsonValue json, String name) {
    return number(json, name).map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static List<String> texts(JsonValue json, String name) {
    List<String> values = new ArrayList<>();
    JsonValue list = json.get(name);
    if (list != null) {
      list.elements().forEach(value -> values.add(value.asString()));
    }
    return values;
  }

  private static Optional<String> string(JsonValue json, String name) {
    @Nullable JsonValue value = json.get(name);
    return value == null ? Optional.empty() : Optional.of(value.asString());
  }

  private static Optional<Long> number(JsonValue json, String name) {
    @Nullable JsonValue value = json.get(name);
    return value == null ? Optional.empty() : Optional.of(value.asLong());
  }
}
