package dev.parley.hub.edge.recognition;

import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.transcript.OpenAiTranscripts;
import dev.parley.hub.edge.transcript.OpenAiTranscripts.Granularity;
import dev.parley.hub.edge.transcript.SpeakerLabels;
import dev.parley.hub.edge.transcript.Subtitles;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import dev.parley.hub.speakers.SpeakersWish;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /v1/audio/transcriptions} and {@code /v1/audio/translations}. What they do not know
 * travels on to the backend.
 */
final class OpenAiReading {

  private static final String JSON = "application/json";
  private static final List<String> FORMATS =
      List.of("json", "text", "srt", "verbose_json", "vtt", "diarized_json");
  private static final List<String> STREAMED = List.of("json", "text", "diarized_json");
  private static final List<String> GRANULARITIES = List.of("segment", "word");
  private static final List<String> INCLUDED = List.of("logprobs");
  private static final Set<String> OWN =
      Set.of(
          "response_format",
          "stream",
          "timestamp_granularities",
          "include",
          "diarize",
          KnownSpeakers.NAMES,
          KnownSpeakers.REFERENCES);

  private OpenAiReading() {}

  static RecognitionRequest read(Form form, Asking asking, RecognitionTask task) {
    Fields fields = form.fields();
    String format = fields.word("response_format", FORMATS).orElse("json");
    boolean stream = stream(fields, format);
    List<Granularity> granularities = granularities(fields, format);
    boolean logprobs = logprobs(fields, format);
    boolean turns = format.equals("diarized_json");
    Optional<SpeakersWish> speakers =
        KnownSpeakers.of(fields, turns || fields.bool("diarize").orElse(false));
    var wish =
        Common.wish(
            fields,
            asking,
            new Common.Own(
                task,
                times(format, granularities),
                logprobs,
                speakers,
                Chunking.of(fields),
                fields.others(OpenAiReading::isKnown)));
    SpeakerLabels labels =
        new SpeakerLabels(
            speakers.stream()
                .flatMap(known -> known.known().stream())
                .map(SpeakersWish.Known::name)
                .collect(Collectors.toSet()));
    Reply reply =
        stream
            ? new TranscriptEvents.OpenAi(turns ? Optional.of(labels) : Optional.empty())
            : whole(format, task, granularities, labels);
    return new RecognitionRequest(new RecognitionOrder(wish, form.sound(), stream), reply);
  }

  private static boolean isKnown(String name) {
    return OWN.contains(name)
        || Common.NAMES.contains(name)
        || KnownSpeakers.COUNTS.contains(name)
        || Chunking.isNamed(name);
  }

  private static boolean stream(Fields fields, String format) {
    boolean stream = fields.bool("stream").orElse(false);
    if (stream && !STREAMED.contains(format)) {
      throw Fields.invalid(
          "response_format",
          "\"" + format + "\" with stream",
          "one of " + String.join(", ", STREAMED) + "; or no stream");
    }
    return stream;
  }

  private static List<Granularity> granularities(Fields fields, String format) {
    List<String> given = fields.words("timestamp_granularities", GRANULARITIES);
    if (given.isEmpty()) {
      return List.of(Granularity.SEGMENT);
    }
    if (!format.equals("verbose_json")) {
      throw Fields.invalid(
          "timestamp_granularities",
          "given with response_format \"" + format + "\"",
          "response_format verbose_json with it");
    }
    return given.stream()
        .distinct()
        .map(name -> name.equals("word") ? Granularity.WORD : Granularity.SEGMENT)
        .toList();
  }

  private static boolean logprobs(Fields fields, String format) {
    boolean wanted = !fields.words("include", INCLUDED).isEmpty();
    if (wanted && !format.equals("json")) {
      throw Fields.invalid(
          "include",
          "logprobs with response_format \"" + format + "\"",
          "response_format json with it");
    }
    return wanted;
  }

  private static Times times(String format, List<Granularity> granularities) {
    return switch (format) {
      case "json", "text" -> Times.AS_THEY_COME;
      case "verbose_json" ->
          granularities.contains(Granularity.WORD) ? Times.WORDS : Times.SEGMENTS;
      default -> Times.SEGMENTS;
    };
  }

  private static Reply whole(
      String format, RecognitionTask task, List<Granularity> granularities, SpeakerLabels labels) {
    return switch (format) {
      case "text" ->
          new Reply.Whole(
              "text/plain; charset=utf-8", said -> utf8(said.transcript().text() + "\n"));
      case "srt" -> new Reply.Whole("text/plain; charset=utf-8", said -> utf8(Subtitles.srt(said)));
      case "vtt" -> new Reply.Whole("text/vtt; charset=utf-8", said -> utf8(Subtitles.vtt(said)));
      case "verbose_json" ->
          new Reply.Whole(JSON, said -> OpenAiTranscripts.verbose(said, task, granularities));
      case "diarized_json" ->
          new Reply.Whole(JSON, said -> OpenAiTranscripts.diarized(said, task, labels));
      default -> new Reply.Whole(JSON, said -> OpenAiTranscripts.json(said.transcript()));
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
