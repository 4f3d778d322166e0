/**
 * Speech as the hub and its backends speak of it: what is to be said, in which voice, and the sound
 * that comes back. Knows nothing of HTTP, gRPC or any backend.
 */
@NullMarked
package dev.parley.core.speech;

import org.jspecify.annotations.NullMarked;
