package dev.parley.hub.dispatch;

import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/**
 * A call on its way.
 *
 * @param events the answer; for one subscriber, everything is signalled on the caller's event loop
 * @param record what is known of the call, filled while the events come
 */
public record Dispatched(Flow.Publisher<DocumentEvent> events, CallRecord record) {}
