package dev.parley.adapters.whispercpp;

import dev.parley.adapters.recognition.Members;
import dev.parley.adapters.recognition.TranscriptDocument;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonMember;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads {@code verbose_json}. */
final class InferenceAnswer {

  /** Whisper knows a hundred. */
  private static final int LANGUAGES_MAX = 200;

  private static final String SENTENCE_ENDS = ".!?,;:";
  private static final Set<String> KNOWN =
      Set.of(
          "task",
          "language",
          "duration",
          "text",
          "detected_language",
          "detected_language_probability",
          "language_probabilities",
          "segments");

  private InferenceAnswer() {}

  /**
   * What was said; empty when there is no text.
   *
   * @param words whether words were asked for: if not, what it says of them means nothing
   */
  static Optional<Transcript> text(JsonValue answer, boolean words) {
    JsonValue text = answer.get("text");
    if (text == null || !text.isString()) {
      return Optional.empty();
    }
    List<Segment> segments = new ArrayList<>();
    for (JsonValue entry : Members.objects(answer, "segments")) {
      Segment segment = TranscriptDocument.segment(entry);
      if (segment != null) {
        segments.add(withWords(segment, words ? words(entry, segment.text()) : List.of()));
      }
    }
    return Optional.of(
        new Transcript(
            joined(text.asString()),
            Members.language(Members.text(answer, "language")),
            OptionalDouble.empty(),
            List.of(),
            Members.within(answer, "duration", 0, Double.MAX_VALUE),
            segments,
            List.of(),
            RecognitionUsage.UNKNOWN,
            Members.others(answer, KNOWN)));
  }

  /**
   * Running text of one line for each segment, which brings the space before its first word itself:
   * where none is, the language writes none. Only after the end of a sentence one may be missing.
   */
  private static String joined(String lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines.split("\\R", -1)) {
      boolean lacksSpace = !line.isEmpty() && !Character.isWhitespace(line.charAt(0));
      if (lacksSpace && !text.isEmpty() && SENTENCE_ENDS.indexOf(last(text)) >= 0) {
        text.append(' ');
      }
      text.append(line);
    }
    return text.toString().strip();
  }

  private static char last(StringBuilder text) {
    return text.charAt(text.length() - 1);
  }

  /**
   * Which language it is, and nothing else, as that is all that it was asked to find out; empty
   * when it does not tell.
   */
  static Optional<Transcript> language(JsonValue answer) {
    String tag = Members.language(Members.text(answer, "detected_language"));
    return tag.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Transcript(
                "",
                tag,
                Members.within(answer, "detected_language_probability", 0, 1),
                guesses(answer),
                OptionalDouble.empty(),
                List.of(),
                List.of(),
                RecognitionUsage.UNKNOWN,
                Json.EMPTY_OBJECT));
  }

  private static List<LanguageGuess> guesses(JsonValue answer) {
    List<LanguageGuess> guesses = new ArrayList<>();
    JsonValue all = answer.get("language_probabilities");
    if (all != null && all.isObject()) {
      for (JsonMember member : all.object()) {
        String tag = Members.language(member.name());
        if (!tag.isEmpty() && guesses.size() < LANGUAGES_MAX) {
          guesses.add(new LanguageGuess(tag, Members.within(all, member.name(), 0, 1)));
        }
      }
    }
    guesses.sort(
        Comparator.comparingDouble((LanguageGuess guess) -> -guess.probability().orElse(0)));
    return guesses;
  }

  /** Its words are tokens. */
  private static List<Word> words(JsonValue segment, String text) {
    List<Token> tokens = new ArrayList<>();
    for (JsonValue entry : Members.objects(segment, "words")) {
      double start = Math.max(0, Members.number(entry, "start").orElse(0));
      tokens.add(
          new Token(
              Members.text(entry, "word"),
              start,
              Math.max(start, Members.number(entry, "end").orElse(start)),
              Members.within(entry, "probability", 0, 1)));
    }
    return WholeWords.of(tokens, text);
  }

  private static Segment withWords(Segment segment, List<Word> words) {
    return new Segment(
        segment.start(),
        segment.end(),
        segment.text(),
        words,
        segment.speaker(),
        segment.language(),
        segment.scores(),
        segment.tokens(),
        segment.extra());
  }
}
