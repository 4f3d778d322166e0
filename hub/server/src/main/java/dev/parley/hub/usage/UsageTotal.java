package dev.parley.hub.usage;

import java.util.List;

/**
 * Sums over the rows of one group.
 *
 * @param group what these rows have in common, in the order in which it was asked for
 * @param calls all of them
 * @param errors those that neither went well nor were cancelled
 * @param guessed those whose tokens nobody counted
 * @param costMicros in the currency that was asked for
 * @param unpriced calls without a price
 * @param foreign calls with a price in another currency, which are in no sum of costs
 * @param durationMillis all together
 * @param firstByteMillis all together, over {@code answered} calls
 * @param answered calls of which something came
 * @param cacheHits calls that the cache answered
 */
public record UsageTotal(
    List<String> group,
    long calls,
    long errors,
    long inputTokens,
    long outputTokens,
    long cachedTokens,
    long reasoningTokens,
    long audioInputTokens,
    long audioOutputTokens,
    long guessed,
    long audioMillis,
    long characters,
    long bytes,
    long costMicros,
    long unpriced,
    long foreign,
    long durationMillis,
    long firstByteMillis,
    long answered,
    long cacheHits) {

  public UsageTotal {
    group = List.copyOf(group);
  }

  /** Both together, under the name of this one. */
  public UsageTotal and(UsageTotal other) {
    return new UsageTotal(
        group,
        calls + other.calls,
        errors + other.errors,
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        cachedTokens + other.cachedTokens,
        reasoningTokens + other.reasoningTokens,
        audioInputTokens + other.audioInputTokens,
        audioOutputTokens + other.audioOutputTokens,
        guessed + other.guessed,
        audioMillis + other.audioMillis,
        characters + other.characters,
        bytes + other.bytes,
        costMicros + other.costMicros,
        unpriced + other.unpriced,
        foreign + other.foreign,
        durationMillis + other.durationMillis,
        firstByteMillis + other.firstByteMillis,
        answered + other.answered,
        cacheHits + other.cacheHits);
  }
}
