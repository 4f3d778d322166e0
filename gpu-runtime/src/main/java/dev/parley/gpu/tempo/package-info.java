/**
 * Slower and faster speech of the same pitch. Knows samples and a factor, nothing of who speaks or
 * why.
 */
@NullMarked
package dev.parley.gpu.tempo;

import org.jspecify.annotations.NullMarked;
