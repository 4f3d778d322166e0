/**
 * The voice library: names, recordings that were checked, and where backends keep them. Knows no
 * edge and no backend.
 */
@NullMarked
package dev.parley.hub.voice;

import org.jspecify.annotations.NullMarked;
