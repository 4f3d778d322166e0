package dev.parley.adapters.recognition;

import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.LanguageGuess;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a transcript from a JSON object in OpenAI's forms ({@code json}, {@code verbose_json},
 * {@code diarized_json}) and in what other servers make of them: numbers as text, languages by name
 * or by tag, words beside the segments or within them, members that are null or missing.
 */
public final class TranscriptDocument {

  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "task",
          "text",
          "language",
          "language_probability",
          "languages",
          "duration",
          "segments",
          "words",
          "logprobs",
          "usage");

  private static final Set<String> KNOWN_OF_SEGMENT =
      Set.of(
          "type",
          "id",
          "seek",
          "start",
          "end",
          "text",
          "tokens",
          "temperature",
          "avg_logprob",
          "compression_ratio",
          "no_speech_prob",
          "words",
          "speaker",
          "language",
          "confidence");

  private TranscriptDocument() {}

  /** The transcript; empty when the object has neither a text nor segments. */
  public static Optional<Transcript> read(JsonValue document) {
    JsonValue text = document.get("text");
    List<Segment> segments = segments(document);
    if (!(text != null && text.isString()) && document.get("segments") == null) {
      return Optional.empty();
    }
    List<LanguageGuess> languages = languages(document);
    String language = Members.language(Members.text(document, "language"));
    if (language.isEmpty() && !languages.isEmpty()) {
      language = languages.getFirst().tag();
    }
    return Optional.of(
        new Transcript(
            text != null && text.isString() ? text.asString().strip() : joined(segments),
            language,
            Members.within(document, "language_probability", 0, 1),
            languages,
            Members.within(document, "duration", 0, Double.MAX_VALUE),
            segments,
            logprobs(document),
            Usages.read(document.get("usage")),
            Members.others(document, KNOWN)));
  }

  private static String joined(List<Segment> segments) {
    return segments.stream().map(Segment::text).collect(Collectors.joining(" ")).strip();
  }

  private static List<LanguageGuess> languages(JsonValue document) {
    List<LanguageGuess> guesses = new ArrayList<>();
    JsonValue list = document.get("languages");
    if (list != null && list.isArray()) {
      for (JsonValue entry : list.elements()) {
        String named = entry.isString() ? entry.asString() : code(entry);
        String tag = Members.language(named);
        if (!tag.isEmpty()) {
          OptionalDouble sure =
              entry.isObject()
                  ? Members.within(entry, "probability", 0, 1)
                  : OptionalDouble.empty();
          guesses.add(new LanguageGuess(tag, sure));
        }
      }
    }
    return guesses;
  }

  private static String code(JsonValue entry) {
    if (!entry.isObject()) {
      return "";
    }
    String code = Members.text(entry, "code");
    return code.isEmpty() ? Members.text(entry, "language") : code;
  }

  /** The segments, with the words that stand beside them in their places. */
  public static List<Segment> segments(JsonValue document) {
    List<Segment> segments = new ArrayList<>();
    for (JsonValue entry : Members.objects(document, "segments")) {
      Segment segment = segment(entry);
      if (segment != null) {
        segments.add(segment);
      }
    }
    return PlacedWords.in(segments, words(document));
  }

  /** One segment; null when it does not say when it was. */
  public static @Nullable Segment segment(JsonValue entry) {
    OptionalDouble start = Members.number(entry, "start");
    OptionalDouble end = Members.number(entry, "end");
    if (start.isEmpty() || end.isEmpty()) {
      return null;
    }
    double from = Math.max(0, start.getAsDouble());
    return new Segment(
        from,
        Math.max(from, end.getAsDouble()),
        Members.text(entry, "text").strip(),
        words(entry),
        speaker(entry),
        Members.language(Members.text(entry, "language")),
        new Segment.Scores(
            Members.within(entry, "confidence", 0, 1),
            Members.within(entry, "avg_logprob", -Double.MAX_VALUE, 0),
            Members.within(entry, "no_speech_prob", 0, 1),
            Members.within(entry, "compression_ratio", 0, Double.MAX_VALUE),
            Members.within(entry, "temperature", 0, Double.MAX_VALUE)),
        tokens(entry),
        Members.others(entry, KNOWN_OF_SEGMENT));
  }

  /** The words of a list {@code words}; those without a time are left out. */
  public static List<Word> words(JsonValue holder) {
    List<Word> words = new ArrayList<>();
    for (JsonValue entry : Members.objects(holder, "words")) {
      String named = Members.text(entry, "word").strip();
      String text = named.isEmpty() ? Members.text(entry, "text").strip() : named;
      OptionalDouble start = Members.number(entry, "start");
      OptionalDouble end = Members.number(entry, "end");
      if (!text.isEmpty() && start.isPresent() && end.isPresent()) {
        double from = Math.max(0, start.getAsDouble());
        double to = Math.max(from, end.getAsDouble());
        OptionalDouble sure = Members.within(entry, "probability", 0, 1);
        words.add(new Word(text, from, to, sure, speaker(entry)));
      }
    }
    return words;
  }

  /** Some servers number speakers. */
  private static String speaker(JsonValue entry) {
    JsonValue speaker = entry.get("speaker");
    if (speaker == null) {
      return "";
    }
    return speaker.isNumber() ? speaker.raw() : Members.text(entry, "speaker");
  }

  private static List<Integer> tokens(JsonValue entry) {
    return integers(entry.get("tokens"), Integer.MAX_VALUE);
  }

  private static List<Integer> integers(@Nullable JsonValue list, int most) {
    List<Integer> numbers = new ArrayList<>();
    if (list != null && list.isArray()) {
      for (JsonValue element : list.elements()) {
        double number = element.isNumber() ? element.asDouble() : -1;
        if (number >= 0 && number <= most) {
          numbers.add((int) number);
        }
      }
    }
    return numbers;
  }

  /** The tokens of a list {@code logprobs}. */
  public static List<TokenLogprob> logprobs(JsonValue holder) {
    List<TokenLogprob> tokens = new ArrayList<>();
    for (JsonValue entry : Members.objects(holder, "logprobs")) {
      OptionalDouble logprob = Members.within(entry, "logprob", -Double.MAX_VALUE, 0);
      if (logprob.isPresent()) {
        tokens.add(
            new TokenLogprob(
                Members.text(entry, "token"),
                logprob.getAsDouble(),
                integers(entry.get("bytes"), 255)));
      }
    }
    return tokens;
  }
}
