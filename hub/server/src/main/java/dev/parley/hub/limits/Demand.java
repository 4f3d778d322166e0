package dev.parley.hub.limits;

/**
 * What a call takes: a guess before it runs, a count after it. Zero where it takes none of it.
 *
 * @param model the name that the caller used; empty when it named none
 * @param inputTokens tokens that it brings
 * @param outputTokens tokens that it makes
 * @param audioMillis sound that it brings or makes
 * @param characters text that is to be spoken
 * @param costMicros what it costs, in millionths of the currency
 */
public record Demand(
    String model,
    long inputTokens,
    long outputTokens,
    long audioMillis,
    long characters,
    long costMicros) {

  /** Of a call of which nothing can be told. */
  public static Demand of(String model) {
    return new Demand(model, 0, 0, 0, 0, 0);
  }

  public Demand withCost(long micros) {
    return new Demand(model, inputTokens, outputTokens, audioMillis, characters, micros);
  }

  public long tokens() {
    return inputTokens + outputTokens;
  }
}
