package dev.parley.hub.telemetry;

import dev.parley.core.model.Caller;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of one call on sound while it runs. Told by one thread at a time; written once,
 * when the call ends.
 */
public final class SoundCall {

  private static final String CANCELLED = "cancelled";

  private final SoundLog log;
  private final String requestId;
  private final String call;
  private final Caller caller;
  private final long startNanos;
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable RequestVisit visit;
  private String model = "";
  private long bytes;

  SoundCall(SoundLog log, String requestId, String call, Caller caller, long startNanos) {
    this.log = log;
    this.requestId = requestId;
    this.call = call;
    this.caller = caller;
    this.startNanos = startNanos;
  }

  /** The request that brought it: what is told of it waits for the end of that. */
  public SoundCall of(@Nullable RequestVisit request) {
    visit = request;
    if (request != null) {
      request.began();
    }
    return this;
  }

  @Nullable RequestVisit visit() {
    return visit;
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
   * One that is cut off because the hub refused its request ended for the reason of that.
   */
  public void ended(String outcome) {
    if (!over.getAndSet(true)) {
      log.ended(this, outcome.equals(CANCELLED) ? cutOff() : outcome);
    }
  }

  private String cutOff() {
    return visit == null || visit.refusal().isEmpty() ? CANCELLED : visit.refusal();
  }

  /** Names the call in logs and answers. */
  public String requestId() {
    return requestId;
  }

  /** What is done, a word of a fixed set such as {@code convert}. */
  public String call() {
    return call;
  }

  /** Who calls. */
  public Caller caller() {
    return caller;
  }

  /** Which kernel worked on it; empty where none did. */
  public String model() {
    return model;
  }

  /** Bytes so far. */
  public long bytes() {
    return bytes;
  }

  long startNanos() {
    return startNanos;
  }
}
