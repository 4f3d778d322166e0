/**
 * Speakers: who spoke when, whether two recordings are of one person, and words with their
 * speakers.
 */
@NullMarked
package dev.parley.hub.speakers;

import org.jspecify.annotations.NullMarked;
