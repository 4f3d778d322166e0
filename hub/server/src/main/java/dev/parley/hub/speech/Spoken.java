package dev.parley.hub.speech;

import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/**
 * A synthesis on its way.
 *
 * @param events for one subscriber, signalled on the caller's event loop; cancelling stops all work
 * @param record what is known of the call, filled while the events come
 */
public record Spoken(Flow.Publisher<SpokenEvent> events, CallRecord record) {}
