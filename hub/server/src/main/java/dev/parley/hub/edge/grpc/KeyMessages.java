package dev.parley.hub.edge.grpc;

import com.google.protobuf.Timestamp;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Scope;
import dev.parley.hub.access.KeyDraft;
import dev.parley.hub.access.KnownKey;
import dev.parley.hub.config.AllowanceConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.PriceConfig;
import dev.parley.hub.config.QuotaConfig;
import dev.parley.hub.config.QuotaUnit;
import dev.parley.proto.admin.v1.Allowance;
import dev.parley.proto.admin.v1.Key;
import dev.parley.proto.admin.v1.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Keys as messages. */
final class KeyMessages {

  /** The end of the year 9999, beyond which no message may tell a time. */
  private static final long SECONDS_MAX = 253_402_300_799L;

  private KeyMessages() {}

  static Key message(KnownKey known) {
    KeyConfig config = known.config();
    Scope scope = config.scope();
    Key.Builder key =
        Key.newBuilder()
            .setName(config.name())
            .setOwner(config.owner())
            .addAllTags(config.tags().stream().sorted().toList())
            .addAllModels(scope.models())
            .addAllCapabilities(
                scope.capabilities().stream().sorted().map(Capability::wireName).toList())
            .addAllBackends(scope.backends().stream().sorted().toList())
            .setAllowBackendChoice(scope.pinning() == Scope.Pinning.ALLOWED)
            .setPriorityMax(config.priorityMax().wireName())
            .setRole(config.role().name().toLowerCase(Locale.ROOT))
            .setSource(known.source().wireName())
            .setEtag(known.etag());
    if (!config.allowance().isUnlimited()) {
      key.setAllowance(message(config.allowance()));
    }
    config.expires().ifPresent(at -> key.setExpireTime(time(at)));
    known.created().ifPresent(at -> key.setCreateTime(time(at)));
    known.revoked().ifPresent(at -> key.setRevokeTime(time(at)));
    known.overlapEnd().ifPresent(at -> key.setOverlapEndTime(time(at)));
    return key.build();
  }

  private static Allowance message(AllowanceConfig allowance) {
    Allowance.Builder message = Allowance.newBuilder();
    for (QuotaConfig quota : allowance.quotas()) {
      message.addQuotas(
          Quota.newBuilder()
              .setUnit(quota.unit().wireName())
              .setAmount(quota.amount())
              .setPeriodSeconds(quota.period().toSeconds()));
    }
    allowance.streams().ifPresent(message::setStreamsMax);
    allowance.dayBudget().ifPresent(message::setDayBudgetMicros);
    allowance.monthBudget().ifPresent(message::setMonthBudgetMicros);
    return message.build();
  }

  private static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  /** What a message says that a key shall stand for. Fails with InvalidRequest. */
  static KeyConfig config(Key key) {
    Optional<Instant> expires =
        key.hasExpireTime() ? Optional.of(time(key.getExpireTime())) : Optional.empty();
    KeyDraft draft =
        new KeyDraft(
            key.getName(),
            key.getOwner(),
            key.getTagsList(),
            expires,
            key.getModelsList(),
            key.getCapabilitiesList(),
            key.getBackendsList(),
            key.hasAllowBackendChoice() && !key.getAllowBackendChoice()
                ? Scope.Pinning.REFUSED
                : Scope.Pinning.ALLOWED,
            key.getPriorityMax(),
            key.getRole(),
            allowance(key.getAllowance()));
    try {
      return draft.config();
    } catch (HubException e) {
      throw e.error() instanceof HubError.InvalidRequest(String field, String got, String expected)
          ? invalid("key." + field, got, expected)
          : e;
    }
  }

  private static Instant time(Timestamp at) {
    boolean known =
        at.getSeconds() >= 0
            && at.getSeconds() <= SECONDS_MAX
            && at.getNanos() >= 0
            && at.getNanos() < 1_000_000_000;
    if (!known) {
      throw invalid(
          "key.expire_time",
          at.getSeconds() + " s and " + at.getNanos() + " ns",
          "a time such as 2027-01-31T12:00:00Z, from 1970 to 9999");
    }
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** Beyond any price, and what a long holds. */
  private static OptionalLong budget(String period, long micros) {
    if (!PriceConfig.RANGE.contains(micros)) {
      throw invalid(
          "key.allowance." + period + "_budget_micros",
          Long.toString(micros),
          "millionths of the currency within " + PriceConfig.RANGE);
    }
    return OptionalLong.of(micros);
  }

  private static QuotaConfig quota(String at, QuotaUnit unit, Quota quota) {
    try {
      return new QuotaConfig(unit, quota.getAmount(), Duration.ofSeconds(quota.getPeriodSeconds()));
    } catch (IllegalArgumentException e) {
      throw invalid(
          at,
          quota.getAmount() + " in " + quota.getPeriodSeconds() + " s",
          "an amount within "
              + QuotaConfig.AMOUNT_RANGE
              + ", at most "
              + QuotaConfig.PER_SECOND_MAX
              + " a second, and a period within "
              + QuotaConfig.PERIOD_RANGE);
    }
  }

  private static AllowanceConfig allowance(Allowance message) {
    List<QuotaConfig> quotas = new ArrayList<>();
    for (int i = 0; i < message.getQuotasCount(); i++) {
      Quota quota = message.getQuotas(i);
      String at = "key.allowance.quotas[" + i + "]";
      QuotaUnit unit =
          QuotaUnit.byName(quota.getUnit())
              .orElseThrow(() ->
                  invalid(
                      at + ".unit",
                      quota.getUnit().isEmpty() ? "not set" : "an unknown unit",
                      "one of "
                          + String.join(", ", QuotaUnit.wireNames())
                          + NearestName.of(quota.getUnit(), QuotaUnit.wireNames())
                              .map(near -> "; did you mean '" + near + "'?")
                              .orElse("")));
      quotas.add(quota(at, unit, quota));
    }
    return new AllowanceConfig(
        quotas,
        message.getStreamsMax() == 0
            ? OptionalInt.empty()
            : OptionalInt.of(message.getStreamsMax()),
        message.hasDayBudgetMicros()
            ? budget("day", message.getDayBudgetMicros())
            : OptionalLong.empty(),
        message.hasMonthBudgetMicros()
            ? budget("month", message.getMonthBudgetMicros())
            : OptionalLong.empty());
  }

  static HubException invalid(String field, String got, String expected) {
    return new HubException(new HubError.InvalidRequest(field, got, expected));
  }
}
