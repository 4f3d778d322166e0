package dev.parley.hub.voice;

import dev.parley.hub.media.Sound;

/**
 * A recording that is to become part of a voice.
 *
 * @param transcript what is said in it; empty when nobody said
 */
public record NewReference(Sound sound, String transcript) {}
