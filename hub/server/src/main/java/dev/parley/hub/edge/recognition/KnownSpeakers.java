package dev.parley.hub.edge.recognition;

import dev.parley.core.audio.AudioFormat;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.media.Sound;
import dev.parley.hub.speakers.SpeakersWish;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What a form says of the speakers of its recording. */
public final class KnownSpeakers {

  /** The names, one for each recording. */
  public static final String NAMES = "known_speaker_names";

  /** The recordings, as data URLs. */
  public static final String REFERENCES = "known_speaker_references";

  /** Values that say how many speakers there are. */
  public static final List<String> COUNTS = List.of("num_speakers", "min_speakers", "max_speakers");

  private static final int KNOWN_MAX = 32;
  private static final int SPEAKERS_MAX = 1_000;
  private static final String EXPECTED = "a recording as data:audio/…;base64,…";

  private KnownSpeakers() {}

  /**
   * Present when speakers shall be told apart.
   *
   * @param asked whether the form asks for it otherwise
   */
  public static Optional<SpeakersWish> of(Fields fields, boolean asked) {
    OptionalInt exactly = fields.whole("num_speakers", 1, SPEAKERS_MAX);
    OptionalInt atLeast = fields.whole("min_speakers", 1, SPEAKERS_MAX);
    OptionalInt atMost = fields.whole("max_speakers", 1, SPEAKERS_MAX);
    if (atLeast.isPresent() && atMost.isPresent() && atMost.getAsInt() < atLeast.getAsInt()) {
      throw Fields.invalid(
          "max_speakers", "" + atMost.getAsInt(), "min_speakers or more: " + atLeast.getAsInt());
    }
    List<SpeakersWish.Known> known = known(fields.all(NAMES), fields.all(REFERENCES));
    boolean wanted =
        asked
            || exactly.isPresent()
            || atLeast.isPresent()
            || atMost.isPresent()
            || !known.isEmpty();
    return wanted
        ? Optional.of(new SpeakersWish(exactly, atLeast, atMost, known))
        : Optional.empty();
  }

  private static List<SpeakersWish.Known> known(List<String> names, List<String> references) {
    if (names.size() != references.size()) {
      throw Fields.invalid(
          names.size() > references.size() ? REFERENCES : NAMES,
          names.size() + " names and " + references.size() + " references",
          "as many of both");
    }
    if (names.size() > KNOWN_MAX) {
      throw Fields.invalid(NAMES, names.size() + " of them", "at most " + KNOWN_MAX);
    }
    Set<String> given = new HashSet<>();
    List<SpeakersWish.Known> known = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String field = REFERENCES + "[" + i + "]";
      if (names.get(i).isBlank() || !given.add(names.get(i))) {
        throw Fields.invalid(
            NAMES + "[" + i + "]",
            names.get(i).isBlank() ? "empty" : "given twice",
            "a name for each speaker");
      }
      known.add(
          new SpeakersWish.Known(
              names.get(i),
              Sound.of(decoded(field, references.get(i)), AudioFormat.UNSTATED),
              field));
    }
    return known;
  }

  /** The bytes of a data URL. */
  private static byte[] decoded(String field, String url) {
    int comma = url.indexOf(',');
    String head = comma < 0 ? "" : url.substring(0, comma).toLowerCase(Locale.ROOT);
    if (!head.startsWith("data:") || !head.endsWith(";base64")) {
      throw Fields.invalid(field, "no data URL in Base64", EXPECTED);
    }
    try {
      return Base64.getMimeDecoder().decode(url.substring(comma + 1));
    } catch (IllegalArgumentException _) {
      throw Fields.invalid(field, "not Base64", EXPECTED);
    }
  }
}
