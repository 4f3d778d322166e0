/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.config;

import org.jspecify.annotations.NullMarked;
