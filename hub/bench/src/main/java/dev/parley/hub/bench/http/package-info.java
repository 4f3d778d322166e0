/**
 * As little of HTTP/1.1 and server-sent events as a benchmark needs, and the event loop it runs on.
 * Knows nothing of what is measured, or of the hub.
 */
@NullMarked
package dev.parley.hub.bench.http;

import org.jspecify.annotations.NullMarked;
