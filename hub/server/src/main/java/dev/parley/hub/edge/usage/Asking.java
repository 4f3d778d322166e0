package dev.parley.hub.edge.usage;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.hub.usage.UsageFilter;
import dev.parley.hub.usage.UsageGroup;
import dev.parley.proto.admin.v1.QueryUsageRequest;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads which calls are meant. Fails with InvalidRequest that names the field. */
final class Asking {

  private static final int DAYS = 30;

  private Asking() {}

  static UsageFilter filter(QueryUsageRequest asked, long today) {
    long to = asked.getTo().isEmpty() ? today : day("to", asked.getTo());
    long from = asked.getFrom().isEmpty() ? Math.max(0, to - DAYS) : day("from", asked.getFrom());
    if (from > to) {
      throw refused("from", asked.getFrom(), "a day that is not after " + LocalDate.ofEpochDay(to));
    }
    Map<UsageGroup, String> equal = new EnumMap<>(UsageGroup.class);
    if (asked.hasKey()) {
      equal.put(UsageGroup.KEY, asked.getKey());
    }
    if (asked.hasOwner()) {
      equal.put(UsageGroup.OWNER, asked.getOwner());
    }
    if (asked.hasModel()) {
      equal.put(UsageGroup.MODEL, asked.getModel());
    }
    if (asked.hasBackend()) {
      equal.put(UsageGroup.BACKEND, asked.getBackend());
    }
    if (asked.hasKind()) {
      equal.put(UsageGroup.KIND, asked.getKind());
    }
    if (asked.hasOutcome()) {
      equal.put(UsageGroup.OUTCOME, asked.getOutcome());
    }
    return new UsageFilter(from, to, equal);
  }

  static List<UsageGroup> groups(QueryUsageRequest asked) {
    return asked.getGroupByList().stream()
        .map(name ->
            UsageGroup.byName(name)
                .orElseThrow(() ->
                    refused(
                        "group_by", name, "one of " + String.join(", ", UsageGroup.wireNames()))))
        .toList();
  }

  private static long day(String field, String text) {
    try {
      long day = LocalDate.parse(text).toEpochDay();
      if (day >= 0 && day <= UsageFilter.DAY_MAX) {
        return day;
      }
    } catch (DateTimeParseException _) {
      // Refused below, like a day that no call can be of.
    }
    throw refused(field, "'" + Shown.text(text) + "'", "a day such as 2026-11-30");
  }

  static HubException refused(String field, String found, String expected) {
    return new HubException(new HubError.InvalidRequest(field, found, expected));
  }
}
