package dev.parley.hub.voice;

import java.util.List;
import java.util.Map;

/**
 * A voice that is to be made.
 *
 * @param name what people will call it
 * @param references 1..10 recordings of the one speaker
 * @param languages BCP 47 tags of what the speaker speaks; empty when nobody said
 * @param labels what its owner notes of it
 * @param extraJson members that the schema does not model, one JSON object; empty: none
 */
public record NewVoice(
    String name,
    List<NewReference> references,
    List<String> languages,
    Map<String, String> labels,
    String extraJson) {

  public NewVoice {
    references = List.copyOf(references);
    languages = List.copyOf(languages);
    labels = Map.copyOf(labels);
  }
}
