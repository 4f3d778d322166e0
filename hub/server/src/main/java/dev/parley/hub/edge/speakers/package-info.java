/** Speakers over HTTP: who spoke when, and whether two recordings are of one person. */
@NullMarked
package dev.parley.hub.edge.speakers;

import org.jspecify.annotations.NullMarked;
