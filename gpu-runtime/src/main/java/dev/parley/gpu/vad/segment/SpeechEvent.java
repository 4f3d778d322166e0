package dev.parley.gpu.vad.segment;

/** What a live signal turned out to do. */
public sealed interface SpeechEvent {

  /** Where it happened: a sample at 16 kHz, from the start of the signal; in the past. */
  long sample();

  /** How many samples had been heard when it was decided. */
  long decidedAt();

  /** The probability of the chunk that decided, 0 to 1. */
  float probability();

  /**
   * Somebody speaks, from {@code sample} on: the padding before the first chunk of speech is
   * included as far as no speech before it has it.
   */
  record Started(long sample, long decidedAt, float probability) implements SpeechEvent {}

  /** The speech that had started ends before {@code sample}, its padding included. */
  record Stopped(long sample, long decidedAt, float probability, Cause cause)
      implements SpeechEvent {}

  /** Why speech ended. */
  enum Cause {
    /** Silence that lasted. */
    SILENCE,
    /** It was as long as it may be, and was cut at its longest pause, or where it was. */
    TOO_LONG,
    /** The signal ended. */
    END
  }
}
