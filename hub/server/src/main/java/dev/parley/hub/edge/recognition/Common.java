package dev.parley.hub.edge.recognition;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.JsonValue;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.speakers.SpeakersWish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The values that all routes with recordings read alike. */
final class Common {

  /** Their names, those of the sound among them. */
  static final List<String> NAMES =
      List.of(
          "file",
          "media",
          "input_format",
          "input_sample_rate",
          "input_channels",
          "model",
          "language",
          "languages",
          "prompt",
          "keywords",
          "temperature",
          "max_alternatives",
          "profanity_filter",
          "verbatim",
          "separate_channels",
          "denoise");

  private static final int PHRASES_MAX = 1_000;
  private static final int ALTERNATIVES_MAX = 100;
  private static final double TEMPERATURE_MAX = 2;

  private Common() {}

  /** What a route's own values have said. */
  record Own(
      RecognitionTask task,
      Times times,
      boolean logprobs,
      Optional<SpeakersWish> speakers,
      Optional<TurnDetection> speechOnly,
      JsonValue extra) {}

  static RecognitionWish wish(Fields fields, Asking asking, Own own) {
    return wish(fields, asking, own, languages(fields));
  }

  static RecognitionWish wish(Fields fields, Asking asking, Own own, List<String> languages) {
    return new RecognitionWish(
        fields.text("model").orElse(""),
        own.task(),
        languages,
        fields.text("prompt").orElse(""),
        phrases(fields),
        own.times(),
        own.logprobs(),
        fields.whole("max_alternatives", 0, ALTERNATIVES_MAX).orElse(0),
        fields.bool("profanity_filter").orElse(false),
        fields.bool("verbatim").orElse(false),
        fields.bool("separate_channels").orElse(false),
        own.speakers(),
        fields.number("temperature", 0, TEMPERATURE_MAX),
        own.speechOnly(),
        fields.bool("denoise").orElse(false),
        own.extra(),
        asking.requestId(),
        asking.headers(),
        asking.caller());
  }

  /** The one, then the list; tags or English names. */
  static List<String> languages(Fields fields) {
    return Stream.concat(fields.text("language").stream(), fields.all("languages").stream())
        .map(String::strip)
        .filter(language -> !language.isEmpty())
        .distinct()
        .toList();
  }

  private static List<Phrase> phrases(Fields fields) {
    List<Phrase> phrases =
        fields.all("keywords").stream()
            .filter(text -> !text.isBlank())
            .map(text -> new Phrase(text.strip(), 0))
            .toList();
    if (phrases.size() > PHRASES_MAX) {
      throw Fields.invalid("keywords", phrases.size() + " of them", "at most " + PHRASES_MAX);
    }
    return phrases;
  }
}
