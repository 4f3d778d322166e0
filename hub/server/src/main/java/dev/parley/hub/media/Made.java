package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;

/**
 * Sound that is ready to be taken.
 *
 * @param format what its bytes are, nothing of it open
 * @param model the kernel that worked on it; empty for a plain conversion
 * @param pieces its bytes; to be subscribed to or discarded
 */
public record Made(AudioFormat format, String model, Production<Piece> pieces) {}
