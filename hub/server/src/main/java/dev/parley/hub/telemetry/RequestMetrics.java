package dev.parley.hub.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests by the pattern of their route and the class of their status, and those that were
 * refused by the reason. Labels are words of the hub, never what a caller said. Thread-safe.
 */
final class RequestMetrics implements RequestEnd {

  /** Routes and reasons are fixed sets; this holds even where one of them is not. */
  static final int SERIES_MAX = 1_000;

  private static final String OTHER = "other";

  private record Key(String route, String status) {}

  private final MeterRegistry registry;
  private final ConcurrentHashMap<Key, Counter> requests = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Counter> refusals = new ConcurrentHashMap<>();

  RequestMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void over(RequestVisit visit) {
    RequestFacts facts = visit.facts().orElse(null);
    if (facts == null) {
      return;
    }
    request(new Key(facts.route(), status(facts.status()))).increment();
    String refusal = refusal(visit, facts);
    if (!refusal.isEmpty()) {
      refused(refusal).increment();
    }
  }

  private static String status(int status) {
    return status < 100 || status > 599 ? "none" : status / 100 + "xx";
  }

  /** Why no backend got it; empty where one did, or where nothing was wrong. */
  private static String refusal(RequestVisit visit, RequestFacts facts) {
    RequestVisit.EndedCall call = visit.call().orElse(null);
    if (call != null) {
      boolean refused = call.record().attempts() == 0 && !isUsual(call.outcome());
      return refused ? call.outcome().toLowerCase(Locale.ROOT) : "";
    }
    String outcome = CallLog.outcome(visit, facts);
    return visit.sound().isPresent() || isUsual(outcome) ? "" : outcome.toLowerCase(Locale.ROOT);
  }

  private static boolean isUsual(String outcome) {
    return outcome.equals("ok") || outcome.equals("cancelled");
  }

  private Counter request(Key key) {
    @Nullable Counter known = requests.get(key);
    if (known != null) {
      return known;
    }
    Key shown = requests.size() < SERIES_MAX ? key : new Key(OTHER, key.status);
    return requests.computeIfAbsent(
        shown,
        wanted ->
            Counter.builder("parley.requests")
                .description("Requests that ended, by the pattern of their route")
                .tags("route", wanted.route, "status", wanted.status)
                .register(registry));
  }

  private Counter refused(String reason) {
    @Nullable Counter known = refusals.get(reason);
    if (known != null) {
      return known;
    }
    return refusals.computeIfAbsent(
        refusals.size() < SERIES_MAX ? reason : OTHER,
        wanted ->
            Counter.builder("parley.refused")
                .description("Requests that no backend got, by the reason")
                .tags("reason", wanted)
                .register(registry));
  }
}
