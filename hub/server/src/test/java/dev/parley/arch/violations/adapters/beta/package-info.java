/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.adapters.beta;

import org.jspecify.annotations.NullMarked;
