/** Holds the house together: who may see whom, and what nobody may do, as rules that run. */
@NullMarked
package dev.parley.arch;

import org.jspecify.annotations.NullMarked;
