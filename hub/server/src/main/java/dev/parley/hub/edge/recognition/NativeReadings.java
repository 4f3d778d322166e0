package dev.parley.hub.edge.recognition;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.hub.edge.audio.Fields;
import dev.parley.hub.edge.audio.Form;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.transcript.TranscriptMessages;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognitionWish.Times;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The hub's own routes, and that of Voicebox. Names that mean nothing on them are refused. */
final class NativeReadings {

  private static final String JSON = "application/json";
  private static final List<String> TRANSCRIBE =
      Stream.of(
              Common.NAMES.stream(),
              KnownSpeakers.COUNTS.stream(),
              Stream.of("task", "word_timestamps", "logprobs", "diarize"))
          .flatMap(names -> names)
          .toList();
  private static final List<String> DETECT =
      List.of("file", "media", "input_format", "input_sample_rate", "input_channels", "model");
  private static final List<String> VOICEBOX =
      List.of(
          "audio",
          "media",
          "input_format",
          "input_sample_rate",
          "input_channels",
          "language",
          "model");
  private static final List<String> TASKS = List.of("transcribe", "translate");

  private NativeReadings() {}

  /** {@code /stt/transcribe} and {@code /api/audio/transcribe}: the schema's answer. */
  static RecognitionRequest transcribe(Form form, Asking asking) {
    RecognitionWish wish = wish(form, asking, Times.AS_THEY_COME);
    return new RecognitionRequest(
        new RecognitionOrder(wish, form.sound(), false),
        new Reply.Whole(
            JSON, said -> ProtoJson.write(TranscriptMessages.response(said)).toBytes()));
  }

  /** {@code /stt/stream}: a segment as soon as it is known. */
  static RecognitionRequest stream(Form form, Asking asking) {
    RecognitionWish wish = wish(form, asking, Times.SEGMENTS);
    return new RecognitionRequest(
        new RecognitionOrder(wish, form.sound(), true), new TranscriptEvents.Native());
  }

  /**
   * @param usual the times that are told when none are asked for
   */
  private static RecognitionWish wish(Form form, Asking asking, Times usual) {
    Fields fields = form.fields();
    fields.refuseOthers(TRANSCRIBE);
    boolean translated = fields.word("task", TASKS).filter(TASKS.getLast()::equals).isPresent();
    return Common.wish(
        fields,
        asking,
        new Common.Own(
            translated ? RecognitionTask.TRANSLATE : RecognitionTask.TRANSCRIBE,
            fields.bool("word_timestamps").orElse(false) ? Times.WORDS : usual,
            fields.bool("logprobs").orElse(false),
            KnownSpeakers.of(fields, fields.bool("diarize").orElse(false)),
            Optional.empty(),
            Json.EMPTY_OBJECT));
  }

  /** {@code /stt/detect-language}. */
  static RecognitionRequest detectLanguage(Form form, Asking asking) {
    form.fields().refuseOthers(DETECT);
    RecognitionWish wish =
        Common.wish(form.fields(), asking, plain(RecognitionTask.DETECT_LANGUAGE));
    return new RecognitionRequest(
        new RecognitionOrder(wish, form.sound(), false),
        new Reply.Whole(
            JSON,
            said -> ProtoJson.write(TranscriptMessages.languages(said.transcript())).toBytes()));
  }

  /** {@code /v1/transcribe}: a form with {@code audio}; some send the language in the address. */
  static RecognitionRequest voicebox(Form form, Asking asking) {
    Fields fields = form.fields();
    fields.refuseOthers(VOICEBOX);
    List<String> languages = Common.languages(fields);
    String inAddress = asking.query().get("language", "").strip();
    if (languages.isEmpty() && !inAddress.isEmpty()) {
      languages = List.of(inAddress);
    }
    RecognitionWish wish =
        Common.wish(fields, asking, plain(RecognitionTask.TRANSCRIBE), languages);
    return new RecognitionRequest(
        new RecognitionOrder(wish, form.sound(), false),
        new Reply.Whole(
            JSON,
            said ->
                new JsonWriter(128)
                    .beginObject()
                    .member("text", said.transcript().text())
                    .endObject()
                    .toBytes()));
  }

  private static Common.Own plain(RecognitionTask task) {
    return new Common.Own(
        task, Times.AS_THEY_COME, false, Optional.empty(), Optional.empty(), Json.EMPTY_OBJECT);
  }
}
