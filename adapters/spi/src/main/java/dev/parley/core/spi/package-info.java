/**
 * What a backend must be able to say and do. One small interface for each ability, each with one
 * method that streams. An adapter implements these and translates; it never retries, converts media
 * or decides where a call goes.
 */
@NullMarked
package dev.parley.core.spi;

import org.jspecify.annotations.NullMarked;
