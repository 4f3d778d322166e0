package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The way in of a live recognition. Belongs to the caller's event loop. */
public interface LiveInput {

  /**
   * Takes the next bytes, which must not change. The next ones may follow when the future
   * completes: at once while there is room, later when too much waits to be recognised. Never
   * fails: failures are told by the events.
   */
  CompletableFuture<Void> hear(byte[] bytes);

  /** What was heard so far becomes final; answered by FINALIZED. */
  void finalizeSoFar();

  /** Other settings from here on; what is empty stays. */
  void update(
      Optional<List<Phrase>> phrases,
      Optional<List<String>> languages,
      Optional<TurnSettings> turns);

  /** No bytes follow. */
  void end();
}
