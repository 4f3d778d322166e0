package dev.parley.hub.config;

import java.util.Optional;
import java.util.function.Function;

/** Two keys of one map, of which the first may not say more than the second. */
record KeyOrder(Reading reading, YamlMap map, String lesser, String greater) {

  /**
   * Whether both are there and in order. What is out of order is reported once, where it is
   * written; what is not there is either no limit or reported already.
   *
   * @param shown a value as the file would write it
   */
  <T extends Comparable<T>> boolean holds(
      Optional<T> low, Optional<T> high, Function<T, String> shown) {
    if (low.isEmpty() || high.isEmpty()) {
      return false;
    }
    if (low.get().compareTo(high.get()) <= 0) {
      return true;
    }
    String lowShown = shown.apply(low.get());
    String highShown = shown.apply(high.get());
    if (map.has(greater)) {
      report(greater, highShown, "at least " + lesser + ", which is " + lowShown);
    } else {
      report(lesser, lowShown, "at most " + greater + ", which is " + highShown);
    }
    return false;
  }

  private void report(String key, String found, String allowed) {
    reading.problem(map.line(key), map.spot(key).path(), found, allowed);
  }
}
