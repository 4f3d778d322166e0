package dev.parley.hub.media;

import java.util.OptionalDouble;

/**
 * A sound that was opened to be cut.
 *
 * @param pieces its clips, made while they are taken; to be subscribed to or discarded. There are
 *     none where there is no sound, or no speech and only speech is wanted
 * @param channels of the sound
 * @param declaredSeconds length that the container states; empty where it states none
 * @param length how long it turned out to be
 */
public record SoundPieces(
    Production<SoundPiece> pieces,
    int channels,
    OptionalDouble declaredSeconds,
    MeasuredLength length) {}
