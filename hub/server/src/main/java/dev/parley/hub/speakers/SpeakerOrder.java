package dev.parley.hub.speakers;

import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Caller;
import dev.parley.hub.media.Sound;
import java.util.Map;
import java.util.OptionalDouble;

/** What callers want to know of speakers. */
public sealed interface SpeakerOrder {

  /**
   * Who called, and for which model.
   *
   * @param model id or alias; empty: the operator's default
   * @param extra members that the schema does not model: an object
   * @param requestId the id that names the call in logs and answers
   * @param headers the caller's headers that may travel on to a backend, by lower-case name
   */
  record Asker(
      String model, JsonValue extra, String requestId, Map<String, String> headers, Caller caller) {
    public Asker {
      headers = Map.copyOf(headers);
    }
  }

  /** Who spoke when. */
  record Diarize(Asker asker, Sound sound, SpeakersWish speakers) implements SpeakerOrder {}

  /**
   * Whether it is the same person.
   *
   * @param threshold similarity from which on it is, -1..1; empty: the model's own
   */
  record Verify(Asker asker, Sound one, Sound other, OptionalDouble threshold)
      implements SpeakerOrder {}
}
