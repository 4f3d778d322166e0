package dev.parley.core.recognition;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the backend says that it took; what is empty it does not say.
 *
 * @param inputTokens all of them
 * @param audioTokens those of the input that were sound
 * @param outputTokens of the text
 * @param totalTokens both together
 * @param seconds of sound that are charged for
 */
public record RecognitionUsage(
    OptionalLong inputTokens,
    OptionalLong audioTokens,
    OptionalLong outputTokens,
    OptionalLong totalTokens,
    OptionalDouble seconds) {

  /** The backend says nothing. */
  public static final RecognitionUsage UNKNOWN =
      new RecognitionUsage(
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty());

  /** Both together; what one of them does not say is what the other says. */
  public RecognitionUsage and(RecognitionUsage other) {
    return new RecognitionUsage(
        sum(inputTokens, other.inputTokens),
        sum(audioTokens, other.audioTokens),
        sum(outputTokens, other.outputTokens),
        sum(totalTokens, other.totalTokens),
        seconds.isEmpty()
            ? other.seconds
            : OptionalDouble.of(seconds.getAsDouble() + other.seconds.orElse(0)));
  }

  private static OptionalLong sum(OptionalLong a, OptionalLong b) {
    return a.isEmpty() ? b : OptionalLong.of(a.getAsLong() + b.orElse(0));
  }

  /** Whether tokens were counted. */
  public boolean hasTokens() {
    return totalTokens.isPresent() || inputTokens.isPresent() || outputTokens.isPresent();
  }
}
