/** Breaks house rules on purpose. */
@NullMarked
package dev.parley.arch.violations.proto;

import org.jspecify.annotations.NullMarked;
