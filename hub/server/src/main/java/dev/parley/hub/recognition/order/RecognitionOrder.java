package dev.parley.hub.recognition.order;

import dev.parley.hub.media.Sound;

/**
 * A recording that a caller wants to have written down.
 *
 * @param stream whether text is wanted while it is found
 */
public record RecognitionOrder(RecognitionWish wish, Sound sound, boolean stream) {}
