package dev.parley.testkit.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * The behaviours a test has laid down for coming requests, in order, and the one that holds when
 * they are used up.
 */
final class Script {
  private static final int MAX_ENTRIES = 10_000;

  private record Entry(Predicate<RecordedRequest> when, Behaviour behaviour) {}

  private final Deque<Entry> entries = new ArrayDeque<>();
  private Behaviour standing = Behaviour.usual();

  synchronized void add(Predicate<RecordedRequest> when, Behaviour behaviour) {
    if (entries.size() == MAX_ENTRIES) {
      throw new IllegalStateException("more than " + MAX_ENTRIES + " behaviours wait");
    }
    entries.addLast(new Entry(when, behaviour));
  }

  synchronized void standing(Behaviour behaviour) {
    standing = behaviour;
  }

  synchronized Behaviour take(RecordedRequest request, boolean work) {
    for (var entry : entries) {
      if (entry.when().test(request)) {
        entries.remove(entry);
        return entry.behaviour();
      }
    }
    return work ? standing : Behaviour.usual();
  }
}
