/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.telemetry;

import org.jspecify.annotations.NullMarked;
