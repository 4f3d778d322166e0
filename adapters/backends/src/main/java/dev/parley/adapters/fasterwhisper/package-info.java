/**
 * The small service around faster-whisper: one model, one call at a time, a file in and all words
 * out; and another route that only tells the language.
 */
@NullMarked
package dev.parley.adapters.fasterwhisper;

import org.jspecify.annotations.NullMarked;
