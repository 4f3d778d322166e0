package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechText;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One synthesis as it was asked for.
 *
 * @param text null while it is still being written
 * @param script the pieces of it
 * @param loop the caller's event loop
 * @param endNanos when the caller stops waiting
 */
record SpeechCall(
    SpeechOrder order,
    @Nullable SpeechText text,
    Script script,
    CallRecord record,
    ScheduledExecutorService loop,
    long endNanos) {

  /** What the model is called in what callers are told. */
  String modelName() {
    return order.model().isEmpty() ? "the default for speech" : order.model();
  }
}
