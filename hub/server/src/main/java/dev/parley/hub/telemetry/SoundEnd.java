package dev.parley.hub.telemetry;

/** Hears of every call on sound that ends, once, on any thread: it must not wait. */
public interface SoundEnd {

  /** Nobody listens. */
  SoundEnd NOBODY = (_, _, _) -> {};

  /**
   * A call ended.
   *
   * @param outcome {@code ok}, {@code cancelled} or the reason of its error
   * @param millis from its begin to its end
   */
  void ended(SoundCall call, String outcome, long millis);
}
