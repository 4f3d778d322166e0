/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.core;

import org.jspecify.annotations.NullMarked;
