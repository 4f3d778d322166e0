/**
 * What the hub tells its operators: one line with agreed keys for each call, and counts and times
 * of all calls, never content.
 */
@NullMarked
package dev.parley.hub.telemetry;

import org.jspecify.annotations.NullMarked;
