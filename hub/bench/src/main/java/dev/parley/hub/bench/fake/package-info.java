/**
 * A backend of the OpenAI dialect that answers at once, as cheaply as possible. Must not know the
 * hub.
 */
@NullMarked
package dev.parley.hub.bench.fake;

import org.jspecify.annotations.NullMarked;
