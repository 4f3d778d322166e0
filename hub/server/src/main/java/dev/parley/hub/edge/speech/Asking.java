package dev.parley.hub.edge.speech;

import dev.parley.core.model.Caller;
import java.util.Map;

/**
 * Who asks, and how.
 *
 * @param requestId names the call
 * @param headers those that may travel on to a backend, by lower-case name
 * @param accept media types that the caller takes; may be empty
 */
record Asking(String requestId, Map<String, String> headers, Caller caller, String accept) {}
