/**
 * What the hub tells its operators: one line with agreed keys for each request, counts and times of
 * all calls, and spans for a collector; never content.
 */
@NullMarked
package dev.parley.hub.telemetry;

import org.jspecify.annotations.NullMarked;
