/**
 * Answers that were given before, for those who ask the same again, and one answer for those who
 * ask the same at the same time. It knows events and keys, not what is asked.
 */
@NullMarked
package dev.parley.hub.cache;

import org.jspecify.annotations.NullMarked;
