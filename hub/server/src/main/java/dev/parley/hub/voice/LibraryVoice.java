package dev.parley.hub.voice;

import dev.parley.hub.media.store.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A voice of the library as it was at one moment.
 *
 * @param id opaque: {@code voice_} and 26 characters of a..z and 2..7
 * @param name what people call it; unique in the library, case aside
 * @param languages BCP 47 tags of what is said in it; empty when nobody said
 * @param references its recordings, in the order in which they came; never empty
 * @param labels what its owner notes of it, such as {@code consent}
 * @param etag changes with every change of it
 * @param extraJson members that the schema does not model, one JSON object; empty: none
 */
public record LibraryVoice(
    String id,
    String name,
    List<String> languages,
    List<VoiceReference> references,
    Instant createdAt,
    Map<String, String> labels,
    String etag,
    String extraJson) {

  public LibraryVoice {
    languages = List.copyOf(languages);
    references = List.copyOf(references);
    labels = Map.copyOf(labels);
  }

  /** The key of its content: voices with the same recordings in the same order have the same. */
  public String contentKey() {
    List<String> hashes = references.stream().map(VoiceReference::sha256).toList();
    return Sha256.hex(String.join("\n", hashes).getBytes(StandardCharsets.US_ASCII));
  }

  /** The same voice after a change of its recordings. */
  LibraryVoice with(List<VoiceReference> changed, String nextEtag) {
    return new LibraryVoice(id, name, languages, changed, createdAt, labels, nextEtag, extraJson);
  }
}
