package dev.parley.adapters.openai;

import dev.parley.adapters.http.Body;
import dev.parley.adapters.openai.RecognitionQuirks.Expects;
import dev.parley.adapters.openai.RecognitionQuirks.Known;
import dev.parley.adapters.openai.RecognitionQuirks.Member;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.adapters.speech.ExtraMembers;
import dev.parley.adapters.speech.RecordedSound;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.Phrase;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a call as {@code /v1/audio/transcriptions} and {@code /translations} want it. */
final class RecognitionRequest {

  /** Longer sound is cut by the model that tells speakers apart, and it must be told how. */
  private static final double UNCUT_SECONDS = 30;

  private final RecognitionCall call;
  private final Target target;
  private final RecognitionQuirks quirks;
  private final Known model;

  RecognitionRequest(RecognitionCall call, Target target, RecognitionQuirks quirks, Known model) {
    this.call = call;
    this.target = target;
    this.quirks = quirks;
    this.model = model;
  }

  Body body() {
    return switch (quirks.body()) {
      case FORM -> form();
      case JSON -> json();
    };
  }

  private Body form() {
    RecognitionForm form = new RecognitionForm();
    form.field("model", target.model()).field("response_format", model.responseFormat(call));
    expected(form);
    form.fieldUnlessEmpty("prompt", call.prompt());
    call.temperature().ifPresent(value -> form.field("temperature", Json.ofDouble(value).raw()));
    granularities().forEach(each -> form.field("timestamp_granularities[]", each));
    if (call.logprobs()) {
      form.field("include[]", "logprobs");
    }
    if (model.streams(call)) {
      form.field("stream", "true");
      if (quirks.members().contains(Member.STREAM_USAGE)) {
        form.field("stream_include_usage", "true");
      }
    }
    if (quirks.members().contains(Member.WITHOUT_TIMESTAMPS) && model.wantsDetails(call)) {
      form.field("without_timestamps", "false");
    }
    speakers(form);
    return form.with(call.extra(), "file", call.clip());
  }

  private void expected(RecognitionForm form) {
    List<String> languages = languages();
    if (model.expects() == Expects.LISTS) {
      languages.forEach(tag -> form.field("languages[]", tag));
      call.phrases().forEach(phrase -> form.field("keywords[]", phrase.text()));
      return;
    }
    if (languages.size() == 1) {
      form.field("language", languages.getFirst());
    }
    if (quirks.members().contains(Member.HOTWORDS)) {
      form.fieldUnlessEmpty(
          "hotwords", call.phrases().stream().map(Phrase::text).collect(Collectors.joining(", ")));
    }
  }

  /** What may be told: a wrong language spoils the text, so one of several is none. */
  private List<String> languages() {
    boolean untold =
        model.abilities().languageHints() == 0
            || call.task() == RecognitionTask.DETECT_LANGUAGE
            || (call.task() == RecognitionTask.TRANSLATE
                && quirks.members().contains(Member.NO_LANGUAGE_TO_TRANSLATE));
    return untold
        ? List.of()
        : call.languages().stream().map(LanguageNames::primary).distinct().toList();
  }

  private List<String> granularities() {
    List<String> wanted = new ArrayList<>();
    if (model.responseFormat(call).equals("verbose_json")) {
      if (call.words()) {
        wanted.add("word");
      }
      if (call.segments() || !call.words()) {
        wanted.add("segment");
      }
    }
    return wanted;
  }

  private void speakers(RecognitionForm form) {
    if (!model.abilities().speakers()) {
      return;
    }
    if (call.clip().seconds() > UNCUT_SECONDS) {
      form.field("chunking_strategy", "auto");
    }
    List<KnownSpeaker> known = call.speakers().map(wish -> wish.known()).orElse(List.of());
    known.forEach(speaker -> form.field("known_speaker_names[]", speaker.name()));
    known.forEach(
        speaker -> form.field("known_speaker_references[]", dataUri(speaker.reference())));
  }

  private static String dataUri(Clip clip) {
    return "data:"
        + clip.encoding().mediaType(0, 1)
        + ";base64,"
        + Base64.getEncoder().encodeToString(clip.bytes());
  }

  private Body json() {
    JsonWriter out =
        new JsonWriter(call.clip().bytes().length / 3 * 4 + 1_024)
            .beginObject()
            .member("model", target.model())
            .member("response_format", model.responseFormat(call));
    List<String> languages = languages();
    if (languages.size() == 1) {
      out.member("language", languages.getFirst());
    }
    call.temperature().ifPresent(value -> out.member("temperature", value));
    List<String> granularities = granularities();
    if (!granularities.isEmpty()) {
      out.name("timestamp_granularities").beginArray();
      granularities.forEach(out::value);
      out.endArray();
    }
    if (!call.prompt().isEmpty()) {
      out.member("provider", ProviderOptions.with(call.extra(), "prompt", call.prompt()));
    }
    out.name("input_audio").beginObject().name("data");
    RecordedSound.base64(call.clip().bytes(), out);
    out.member("format", call.clip().encoding().wireName()).endObject().endObject();
    return Body.of(ExtraMembers.merged(out.toValue(), call.extra()));
  }
}
