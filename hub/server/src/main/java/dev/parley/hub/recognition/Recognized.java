package dev.parley.hub.recognition;

import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/**
 * A recognition on its way.
 *
 * @param events for one subscriber, signalled on the caller's event loop; cancelling stops all work
 * @param record what is known of the call, filled while the events come
 */
public record Recognized(Flow.Publisher<RecognizedEvent> events, CallRecord record) {}
