package dev.parley.hub.recognition.live;

import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;

/**
 * A live recognition on its way.
 *
 * @param events for one subscriber, signalled on the caller's event loop; cancelling stops all work
 * @param input the way in, to be used after the events were subscribed to
 * @param record what is known of the call, filled while the events come
 */
public record LiveRecognized(
    Flow.Publisher<LiveEvent> events, LiveInput input, CallRecord record) {}
