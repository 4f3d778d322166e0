/**
 * Speech out: cuts texts, has the pieces spoken by backends a few at a time, and makes one sound of
 * them. Plans, voices and repeats are decided here; kernels are {@code hub.media}'s, recordings and
 * names are {@code hub.voice}'s.
 */
@NullMarked
package dev.parley.hub.speech;

import org.jspecify.annotations.NullMarked;
