/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.hub.dispatch;

import org.jspecify.annotations.NullMarked;
