/**
 * Where one reading of a sound goes on behind another one: speech without a pause is cut so that
 * two clips share a second or two, and the words that both have are told once. Pure; knows neither
 * clips nor streams.
 */
@NullMarked
package dev.parley.hub.recognition.seam;

import org.jspecify.annotations.NullMarked;
