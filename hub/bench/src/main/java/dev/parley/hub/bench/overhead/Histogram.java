package dev.parley.hub.bench.overhead;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A histogram as a scrape shows it.
 *
 * @param buckets how many were at most as long, by seconds
 * @param count how many there were
 * @param sumSeconds how long they were together
 */
record Histogram(NavigableMap<Double, Double> buckets, double count, double sumSeconds) {

  /** That of chat calls, of this name, in the text of a scrape. */
  static Histogram of(String scrape, String name) {
    TreeMap<Double, Double> buckets = new TreeMap<>();
    double count = 0;
    double sum = 0;
    for (String line : scrape.lines().toList()) {
      if (!line.startsWith(name) || !line.contains("call=\"chat\"")) {
        continue;
      }
      double value = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      if (line.startsWith(name + "_bucket")) {
        String bound = line.replaceAll(".*le=\"([^\"]+)\".*", "$1");
        buckets.put(
            bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), value);
      } else if (line.startsWith(name + "_count")) {
        count = value;
      } else if (line.startsWith(name + "_sum")) {
        sum = value;
      }
    }
    return new Histogram(buckets, count, sum);
  }

  /** What came since an earlier look. */
  Histogram since(Histogram before) {
    TreeMap<Double, Double> more = new TreeMap<>();
    buckets.forEach(
        (bound, value) -> more.put(bound, value - before.buckets.getOrDefault(bound, 0.0)));
    return new Histogram(more, count - before.count, sumSeconds - before.sumSeconds);
  }

  /** As Prometheus reckons a quantile: evenly within its bucket. In seconds. */
  double quantile(double share) {
    double wanted = share * count;
    double below = 0;
    double from = 0;
    for (var bucket : buckets.entrySet()) {
      if (bucket.getValue() >= wanted && bucket.getValue() > below) {
        double part = (wanted - below) / (bucket.getValue() - below);
        return bucket.getKey().isInfinite() ? from : from + part * (bucket.getKey() - from);
      }
      below = bucket.getValue();
      from = bucket.getKey();
    }
    return from;
  }
}
