/** What adapters that tell speakers apart share: their forms, and how their answers are read. */
@NullMarked
package dev.parley.adapters.speakers;

import org.jspecify.annotations.NullMarked;
