package dev.parley.hub.telemetry;

/** Hears of every call that ends, once, on the call's event loop: it must not wait. */
public interface CallEnd {

  /** A call ended; {@code outcome} is {@code ok}, {@code cancelled} or the reason of its error. */
  void ended(CallRecord record, String outcome);

  /** Tells this one first, then {@code next}. */
  default CallEnd then(CallEnd next) {
    return (record, outcome) -> {
      ended(record, outcome);
      next.ended(record, outcome);
    };
  }
}
