/**
 * Chatterbox-TTS-Server by its own route: one synthesis at a time, during which it answers nobody;
 * recordings that it keeps under names and never deletes.
 */
@NullMarked
package dev.parley.adapters.chatterbox;

import org.jspecify.annotations.NullMarked;
