/**
 * The routes of the voice library that need more than the schema's transcoding: forms with
 * recordings, and other makers' shapes. Knows HTTP, JSON and the schema; knows no files and no
 * database.
 */
@NullMarked
package dev.parley.hub.edge.voice;

import org.jspecify.annotations.NullMarked;
