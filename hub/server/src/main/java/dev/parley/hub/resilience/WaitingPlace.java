package dev.parley.hub.resilience;

import dev.parley.core.model.Priority;

/** One place in a queue; like no other, even for the same waiter. */
final class WaitingPlace {

  private final Bulkhead.Waiter waiter;
  private final Priority priority;
  private final String caller;

  WaitingPlace(Bulkhead.Waiter waiter, Priority priority, String caller) {
    this.waiter = waiter;
    this.priority = priority;
    this.caller = caller;
  }

  Bulkhead.Waiter waiter() {
    return waiter;
  }

  Priority priority() {
    return priority;
  }

  String caller() {
    return caller;
  }
}
