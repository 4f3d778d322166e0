/**
 * Voicebox by its own API, where voices are profiles with ids; and servers that follow the
 * specification of an external provider that Voicebox once planned: they give bare arrays of
 * samples, and make of a recording a voice that only they can read.
 */
@NullMarked
package dev.parley.adapters.voicebox;

import org.jspecify.annotations.NullMarked;
