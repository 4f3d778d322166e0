/** Tests of the call log. */
@NullMarked
package dev.parley.hub.telemetry;

import org.jspecify.annotations.NullMarked;
