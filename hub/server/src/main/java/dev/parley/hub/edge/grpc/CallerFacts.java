package dev.parley.hub.edge.grpc;

import dev.parley.core.model.Caller;
import java.util.Map;

/**
 * What is known of who calls.
 *
 * @param requestId names the call
 * @param headers those that may travel on to a backend, by lower-case name
 */
record CallerFacts(String requestId, Map<String, String> headers, Caller caller) {}
