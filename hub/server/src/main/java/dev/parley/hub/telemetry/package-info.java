/** What the hub tells its operators about each call: one line with agreed keys, never content. */
@NullMarked
package dev.parley.hub.telemetry;

import org.jspecify.annotations.NullMarked;
