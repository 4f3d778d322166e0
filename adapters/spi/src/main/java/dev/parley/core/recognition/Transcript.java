package dev.parley.core.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonValue;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What was said. Times are seconds from the start of the sound that was asked about.
 *
 * @param text the whole text, without white space around it
 * @param language BCP 47 tag of what was heard (of the sound, when it was translated); empty: not
 *     known
 * @param languageProbability how sure the language is, 0..1; empty: the model does not tell
 * @param languages what it could be, likeliest first; empty: the model does not tell
 * @param seconds length of the sound; empty: the server does not tell
 * @param segments its stretches, in their order; empty: the server gives none
 * @param logprobs of its tokens; empty: not asked for
 * @param usage what it took
 * @param extra members of the answer that this model does not know: an object
 */
public record Transcript(
    String text,
    String language,
    OptionalDouble languageProbability,
    List<LanguageGuess> languages,
    OptionalDouble seconds,
    List<Segment> segments,
    List<TokenLogprob> logprobs,
    RecognitionUsage usage,
    JsonValue extra) {

  public Transcript {
    languages = List.copyOf(languages);
    segments = List.copyOf(segments);
    logprobs = List.copyOf(logprobs);
  }

  /** A text of which nothing else is known. */
  public static Transcript ofText(String text) {
    return new Transcript(
        text,
        "",
        OptionalDouble.empty(),
        List.of(),
        OptionalDouble.empty(),
        List.of(),
        List.of(),
        RecognitionUsage.UNKNOWN,
        Json.EMPTY_OBJECT);
  }
}
