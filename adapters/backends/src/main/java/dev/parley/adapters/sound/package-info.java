/**
 * What adapters of speech share: speech that is made on this machine, step by step, as fast as it
 * is asked for. It knows no engine and no server.
 */
@NullMarked
package dev.parley.adapters.sound;

import org.jspecify.annotations.NullMarked;
