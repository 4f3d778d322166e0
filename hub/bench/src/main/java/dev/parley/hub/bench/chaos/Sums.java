package dev.parley.hub.bench.chaos;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What the calls of a soak came to.
 *
 * @param left calls whose callers went away; they count as neither success nor error
 * @param attempts that the hub says it took for the successes
 * @param hopeless calls that nobody could have answered by the schedule, without those left
 * @param hopelessSuccesses of them, answered all the same: by a backend that was only slow, say
 * @param refusals typed errors by code
 * @param breaks ends without an error of the hub's form
 * @param wrongs the first wrong answers, for reading
 * @param hangs the first calls that hung, for reading
 */
record Sums(
    long calls,
    long successes,
    long left,
    long attempts,
    long wrong,
    long hung,
    long hopeless,
    long hopelessSuccesses,
    Map<String, Long> refusals,
    Map<String, Long> breaks,
    List<String> wrongs,
    List<String> hangs,
    Histogram successMillis,
    Histogram errorMillis) {

  /** Calls that are judged: all but those whose callers went away. */
  long judged() {
    return calls - left;
  }

  /** Calls that ended without what they asked for. */
  long failures() {
    return judged() - successes;
  }

  long broken() {
    return breaks.values().stream().mapToLong(Long::longValue).sum();
  }
}
