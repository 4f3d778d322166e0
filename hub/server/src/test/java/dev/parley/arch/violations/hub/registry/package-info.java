/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.registry;

import org.jspecify.annotations.NullMarked;
