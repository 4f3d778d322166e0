/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.gpu;

import org.jspecify.annotations.NullMarked;
