package dev.parley.hub.limits;

/**
 * What is left of one limit.
 *
 * @param whose whose it is
 * @param unit requests, tokens, audio_seconds, characters, day_budget or month_budget
 * @param level in the unit's own; of budgets in millionths of the currency
 */
public record Left(Whose whose, String unit, Standing.Level level) {}
