package dev.parley.adapters.vllmomni;

import dev.parley.adapters.http.Body;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import java.math.BigDecimal;
import java.util.Locale;

/** Writes a call as vLLM's routes for models that write down speech want it. */
final class TranscriptionRequest {

  /** 25 MB with the form around the file. */
  private static final long BYTES_MAX = 24_900_000;

  private TranscriptionRequest() {}

  /** Only Whisper tells when something was said, and its small decoder forgot how to translate. */
  static RecognitionAbilities abilities(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    RecognitionAbilities.Builder can =
        RecognitionAbilities.builder()
            .streams()
            .prompt()
            .languageHints(1)
            .temperature()
            .bytesMax(BYTES_MAX);
    if (!name.contains("whisper")) {
      return can.build();
    }
    return name.contains("turbo") ? can.segments().build() : can.segments().translates().build();
  }

  static String path(RecognitionCall call) {
    return call.task() == RecognitionTask.TRANSLATE
        ? "/v1/audio/translations"
        : "/v1/audio/transcriptions";
  }

  static Body of(RecognitionCall call, Target target) {
    RecognitionForm form = new RecognitionForm().field("model", target.model());
    form.fieldUnlessEmpty("prompt", call.prompt());
    if (call.languages().size() == 1) {
      form.field("language", LanguageNames.primary(call.languages().getFirst()));
    }
    call.temperature()
        .ifPresent(t -> form.field("temperature", BigDecimal.valueOf(t).toPlainString()));
    // Segments are told in whole answers only.
    if (call.segments()) {
      form.field("response_format", "verbose_json").field("timestamp_granularities[]", "segment");
    } else {
      form.field("response_format", "json");
      if (call.stream()) {
        form.field("stream", "true").field("stream_include_usage", "true");
      }
    }
    return form.with(call.extra(), "file", call.clip());
  }
}
