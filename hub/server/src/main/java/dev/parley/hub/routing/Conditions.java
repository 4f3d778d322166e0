package dev.parley.hub.routing;

import dev.parley.core.model.Amounts;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Traits;
import dev.parley.hub.config.ConditionsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides whether a rule is for a call. What a call does not tell meets no condition. */
final class Conditions {

  private Conditions() {}

  static boolean hold(ConditionsConfig when, Traits traits) {
    return (when.capabilities().isEmpty() || when.capabilities().contains(traits.capability()))
        && (when.languages().isEmpty() || Languages.anyCovers(when.languages(), traits.language()))
        && traits.inputs().containsAll(when.inputs())
        && traits.outputs().containsAll(when.outputs())
        && (when.stream().isEmpty() || when.stream().get() == traits.stream())
        && forCaller(when, traits.caller())
        && ofSize(when, traits.amounts());
  }

  private static boolean forCaller(ConditionsConfig when, Caller caller) {
    return (when.keys().isEmpty() || when.keys().contains(caller.key()))
        && (when.tags().isEmpty() || hasOne(caller.tags(), when.tags()))
        && (when.priorities().isEmpty() || when.priorities().contains(caller.priority()));
  }

  private static boolean hasOne(Set<String> tags, List<String> wanted) {
    for (String tag : wanted) {
      if (tags.contains(tag)) {
        return true;
      }
    }
    return false;
  }

  private static boolean ofSize(ConditionsConfig when, Amounts amounts) {
    return within(amounts.bytes(), when.bytesMin(), when.bytesMax())
        && within(context(amounts), when.contextMin(), when.contextMax())
        && audioWithin(amounts.audioMillis(), when.audioMin(), when.audioMax());
  }

  /** Input and output; an unknown length of the answer counts as none. */
  private static long context(Amounts amounts) {
    if (amounts.inputTokens() < 0) {
      return Amounts.UNKNOWN;
    }
    long output = Math.max(0, amounts.outputTokens());
    return output > Long.MAX_VALUE - amounts.inputTokens()
        ? Long.MAX_VALUE
        : amounts.inputTokens() + output;
  }

  private static boolean within(long amount, OptionalLong min, OptionalLong max) {
    if (min.isEmpty() && max.isEmpty()) {
      return true;
    }
    return amount >= 0 && amount >= min.orElse(0) && amount <= max.orElse(Long.MAX_VALUE);
  }

  private static boolean audioWithin(long millis, Optional<Duration> min, Optional<Duration> max) {
    if (min.isEmpty() && max.isEmpty()) {
      return true;
    }
    return millis >= 0
        && (min.isEmpty() || millis >= min.get().toMillis())
        && (max.isEmpty() || millis <= max.get().toMillis());
  }
}
