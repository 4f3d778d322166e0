package dev.parley.testkit.backend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a fake received, oldest first. Keeps the latest requests within a count and a size, and the
 * total for ever.
 */
final class Journal {
  private static final int MAX_REQUESTS = 1_000;
  private static final long MAX_BYTES = 128L << 20;

  private final Deque<RecordedRequest> kept = new ArrayDeque<>();
  private long keptBytes;
  private long total;

  synchronized void add(RecordedRequest request) {
    kept.addLast(request);
    keptBytes += request.bodySize();
    total++;
    while (kept.size() > 1 && (kept.size() > MAX_REQUESTS || keptBytes > MAX_BYTES)) {
      keptBytes -= kept.removeFirst().bodySize();
    }
    notifyAll();
  }

  synchronized List<RecordedRequest> requests() {
    return List.copyOf(kept);
  }

  synchronized void clear() {
    kept.clear();
    keptBytes = 0;
  }

  /** Waits until so many requests with this path are kept; the last of them. */
  synchronized RecordedRequest await(String path, int count, Duration limit)
      throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      var matching = kept.stream().filter(r -> r.path().equals(path)).toList();
      if (matching.size() >= count) {
        return matching.get(count - 1);
      }
      var leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        throw new AssertionError(
            "request "
                + count
                + " to "
                + path
                + " did not arrive within "
                + limit
                + "; got "
                + kept);
      }
      wait(leftMillis);
    }
  }

  /** For a test in another process: the kept requests without their headers and bodies. */
  synchronized ObjectNode page() {
    var page = Json.object().put("total", total);
    var list = page.putArray("requests");
    for (var request : kept) {
      list.addObject()
          .put("method", request.method())
          .put("target", request.target())
          .put("bytes", request.bodySize())
          .put("cancelled", request.cancelled());
    }
    return page;
  }
}
