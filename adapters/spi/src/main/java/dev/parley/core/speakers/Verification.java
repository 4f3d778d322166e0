package dev.parley.core.speakers;

/**
 * Whether two recordings are of the same person.
 *
 * @param same whether the similarity reaches the threshold
 * @param similarity cosine, -1..1
 * @param threshold the one in effect, -1..1
 */
public record Verification(boolean same, double similarity, double threshold) {}
