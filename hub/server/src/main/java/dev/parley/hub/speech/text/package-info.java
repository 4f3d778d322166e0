/**
 * Cuts text into pieces to be spoken, while it is being written. Knows letters, not speech: no
 * backend, no clock, no thread. Cutting needs the tables of ICU, which take some hundred
 * milliseconds to load; see {@link dev.parley.hub.speech.text.TextCutter#warmUp}.
 */
@NullMarked
package dev.parley.hub.speech.text;

import org.jspecify.annotations.NullMarked;
