/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.adapters.alpha;

import org.jspecify.annotations.NullMarked;
