package dev.parley.core.speakers;

import java.util.OptionalDouble;

/**
 * A stretch of one speaker. Stretches of different speakers may overlap.
 *
 * @param speaker a known speaker's name, else a label that is stable within the answer
 * @param start in seconds
 * @param end in seconds, not before {@code start}
 * @param probability that it is this speaker, 0..1; empty: the model does not tell
 */
public record SpeakerTurn(String speaker, double start, double end, OptionalDouble probability) {}
