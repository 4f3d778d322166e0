/**
 * Where the voice library keeps recordings: files by their content, shared by several hubs, and
 * what a crash leaves of them. What is known of them is in a database of {@code hub.store}; it does
 * not know what a voice is.
 */
@NullMarked
package dev.parley.hub.voice.store;

import org.jspecify.annotations.NullMarked;
