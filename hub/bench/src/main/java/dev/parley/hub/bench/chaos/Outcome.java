package dev.parley.hub.bench.chaos;

/** How a call ended, in its caller's eyes. */
sealed interface Outcome {

  /**
   * The right answer, whole.
   *
   * @param attempts that the hub says it took
   */
  record Success(int attempts) implements Outcome {}

  /** An error of the hub's form, before the answer or inside it. */
  record Refused(String code) implements Outcome {}

  /** An end that is neither a whole answer nor an error of the hub's form. */
  record Broken(String how) implements Outcome {}

  /** What looked like a success, or was part of an answer, is not what was asked for. */
  record Wrong(String what) implements Outcome {}

  /** No end within the limit and some grace. */
  record Hung() implements Outcome {}

  /** The caller went away, as he meant to. */
  record Left() implements Outcome {}
}
