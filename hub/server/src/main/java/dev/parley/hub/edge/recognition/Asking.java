package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.QueryParams;
import dev.parley.core.model.Caller;
import java.util.Map;

/**
 * Who asks, and how.
 *
 * @param requestId names the call
 * @param headers those that may travel on to a backend, by lower-case name
 * @param query parameters of the address
 */
record Asking(String requestId, Map<String, String> headers, Caller caller, QueryParams query) {}
