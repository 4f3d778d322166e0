/** Tests of what is sent to a collector, and of what is not. */
@NullMarked
package dev.parley.hub.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
