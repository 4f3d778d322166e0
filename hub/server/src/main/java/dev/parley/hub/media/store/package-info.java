/**
 * Keeps what callers upload: for a day, by its content, as files below the data directory. It owns
 * names, limits and what a crash leaves behind; it knows nothing of formats beyond their label, of
 * callers or of the protocols that bring the bytes. Apart, because speech, chat and batch jobs take
 * media by name and none of them should know of files.
 */
@NullMarked
package dev.parley.hub.media.store;

import org.jspecify.annotations.NullMarked;
