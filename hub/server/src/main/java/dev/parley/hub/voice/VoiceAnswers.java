package dev.parley.hub.voice;

import dev.parley.core.time.Clock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What was answered to requests with idempotency keys, for a day. Waits for the database.
 *
 * @param clock tells how old they are
 */
record VoiceAnswers(Clock clock) {

  private static final Duration KEPT = Duration.ofHours(24);

  /**
   * A request that may come again.
   *
   * @param key what its sender calls it; empty: it is not remembered
   * @param digest over all that it asks for
   */
  record Request(String key, String digest) {}

  /** What was answered to the same request before; throws where the key was another request's. */
  Optional<LibraryVoice> before(VoiceShelf shelf, Request request) {
    if (request.key().isEmpty()) {
      return Optional.empty();
    }
    Optional<VoiceRows.Answer> answer =
        shelf.read(rows -> rows.answer(request.key(), oldestMillis()));
    if (answer.isPresent() && !answer.get().requestSha256().equals(request.digest())) {
      throw VoiceRules.invalid(
          "idempotency-key", "one that another request had", "a new one for each request");
    }
    return answer.map(VoiceRows.Answer::voice);
  }

  /** Remembers an answer, in the transaction that makes it true. */
  void keep(VoiceRows rows, Request request, LibraryVoice voice) throws SQLException {
    if (!request.key().isEmpty()) {
      rows.answered(request.key(), request.digest(), voice, clock.epochMillis(), oldestMillis());
    }
  }

  private long oldestMillis() {
    return clock.epochMillis() - KEPT.toMillis();
  }
}
