/**
 * Recognition: finds who can write down a recording, prepares the sound for him, cuts what is too
 * long at pauses, and puts the pieces together again.
 */
@NullMarked
package dev.parley.hub.recognition;

import org.jspecify.annotations.NullMarked;
