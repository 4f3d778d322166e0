package dev.parley.hub.telemetry;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is noted of one call on sound while it runs. Told by one thread at a time; written once,
 * when the call ends.
 */
public final class SoundCall {

  private final SoundLog log;
  private final String requestId;
  private final String call;
  private final long startNanos;
  private final AtomicBoolean over = new AtomicBoolean();
  private String model = "";
  private long bytes;

  SoundCall(SoundLog log, String requestId, String call, long startNanos) {
    this.log = log;
    this.requestId = requestId;
    this.call = call;
    this.startNanos = startNanos;
  }

  /** Which kernel works on it. */
  public void model(String name) {
    model = name;
  }

  /** So many bytes of sound went one way: to the caller, or for live sound and uploads, from it. */
  public void bytes(long more) {
    bytes += more;
  }

  /**
   * It ended: {@code ok}, {@code cancelled} or the reason of its error; what follows is ignored.
   */
  public void ended(String outcome) {
    if (!over.getAndSet(true)) {
      log.ended(this, outcome);
    }
  }

  String requestId() {
    return requestId;
  }

  String call() {
    return call;
  }

  String model() {
    return model;
  }

  long bytes() {
    return bytes;
  }

  long startNanos() {
    return startNanos;
  }
}
