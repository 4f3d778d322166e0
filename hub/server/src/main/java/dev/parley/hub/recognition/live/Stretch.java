package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.Transcript;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of sound that is written down as one clip: it grows while somebody speaks, then it is
 * closed, then it is written down for good. Places are samples of the stream. Belongs to the
 * caller's event loop.
 */
final class Stretch {

  /** A clip that is being written down. */
  record Asked(Clip clip, long until, boolean isFinal, CompletableFuture<Transcript> answer) {}

  private final int turn;
  private final LocalAgreement agreement = new LocalAgreement();
  private long start;
  private long end = Long.MAX_VALUE;
  private long askedTo;
  private long answeredTo;
  private long agreedTo;
  private @Nullable Transcript newest;
  private @Nullable Transcript written;
  private @Nullable Asked asked;

  private @Nullable Throwable failure;

  /** One that begins at a sample, in a turn, and grows. */
  Stretch(long start, int turn) {
    this.turn = turn;
    beginAt(start);
  }

  private void beginAt(long sample) {
    start = sample;
    askedTo = sample;
    answeredTo = sample;
    agreedTo = sample;
  }

  /** Nothing was said before a sample, and nothing asked. */
  void skipTo(long sample) {
    beginAt(Math.max(start, sample));
  }

  /** The turn in which it begins. */
  int turn() {
    return turn;
  }

  long start() {
    return start;
  }

  /** The sample behind it, when it is closed. */
  long end() {
    return end;
  }

  boolean isOpen() {
    return end == Long.MAX_VALUE;
  }

  void close(long at) {
    end = at;
  }

  LocalAgreement agreement() {
    return agreement;
  }

  /** The clip that is being written down, if any. */
  @Nullable Asked asked() {
    return asked;
  }

  void ask(Asked next) {
    asked = next;
    askedTo = next.until();
  }

  void forgetAsked() {
    asked = null;
  }

  /** How far it has been asked about. */
  long askedTo() {
    return askedTo;
  }

  /** How far there has been an answer. */
  long answeredTo() {
    return answeredTo;
  }

  /** All words that are stable were said before. */
  long agreedTo() {
    return agreedTo;
  }

  /** The newest answer; null: none yet. */
  @Nullable Transcript newest() {
    return newest;
  }

  /** An answer about the sound up to a sample, while more may come. */
  void heard(Transcript answer, long until) {
    if (agreement.hear(Hypothesis.of(answer))) {
      agreedTo = answeredTo;
    }
    answeredTo = until;
    newest = answer;
  }

  /** It is written down for good. */
  void finish(Transcript answer) {
    agreement.finish(Hypothesis.of(answer));
    answeredTo = Math.max(answeredTo, end);
    newest = answer;
    written = answer;
  }

  /** What counts in the end; null: not known yet. */
  @Nullable Transcript written() {
    return written;
  }

  /** It will never be written down. */
  void fail(Throwable cause) {
    failure = cause;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  boolean isDone() {
    return written != null;
  }
}
