package dev.parley.core.recognition;

import dev.parley.core.json.JsonValue;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A stretch of speech.
 *
 * @param start its first moment, in seconds
 * @param end its last moment, in seconds, not before {@code start}
 * @param text without white space around it
 * @param words whole words, not parts of them; empty: not asked for
 * @param speaker who said it; empty: not known
 * @param language BCP 47 tag; empty: as the whole
 * @param scores how the model judges it
 * @param tokens ids in the model's vocabulary; empty: not given
 * @param extra members that this model does not know: an object
 */
public record Segment(
    double start,
    double end,
    String text,
    List<Word> words,
    String speaker,
    String language,
    Scores scores,
    List<Integer> tokens,
    JsonValue extra) {

  public Segment {
    words = List.copyOf(words);
    tokens = List.copyOf(tokens);
  }

  /**
   * How a model judges a stretch; what is empty it does not tell.
   *
   * @param probability that the text is right, 0..1
   * @param avgLogprob mean log-probability of its tokens, at most 0
   * @param noSpeech probability that nobody speaks, 0..1
   * @param compressionRatio length of the text over its compressed length
   * @param temperature that was decoded with
   */
  public record Scores(
      OptionalDouble probability,
      OptionalDouble avgLogprob,
      OptionalDouble noSpeech,
      OptionalDouble compressionRatio,
      OptionalDouble temperature) {

    /** The model tells nothing. */
    public static final Scores UNTOLD =
        new Scores(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
  }
}
