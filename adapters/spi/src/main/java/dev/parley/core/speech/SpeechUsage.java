package dev.parley.core.speech;

/** Tokens of one spoken text as the backend counted them. */
public record SpeechUsage(long inputTokens, long outputTokens, long totalTokens) {

  /** Both together. */
  public SpeechUsage and(SpeechUsage other) {
    return new SpeechUsage(
        inputTokens + other.inputTokens,
        outputTokens + other.outputTokens,
        totalTokens + other.totalTokens);
  }
}
