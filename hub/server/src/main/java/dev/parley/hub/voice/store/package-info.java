/**
 * Where the voice library keeps things: a database for what is known, and files by their content
 * for what was said. It owns connections, transactions, migrations and what a crash leaves behind;
 * it does not know what a voice is.
 */
@NullMarked
package dev.parley.hub.voice.store;

import org.jspecify.annotations.NullMarked;
