package dev.parley.adapters.whispercpp;

import dev.parley.adapters.http.Body;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.adapters.recognition.WhisperLanguages;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionTask;
import java.math.BigDecimal;

/** Writes a call as {@code /inference} wants it. */
final class InferenceForm {

  /** Without a number the server cuts segments that have words every 60 characters. */
  private static final String SEGMENT_CHARS_MAX = "1000";

  private static final String AUTO = "auto";

  private InferenceForm() {}

  static Body of(RecognitionCall call) {
    boolean detect = call.task() == RecognitionTask.DETECT_LANGUAGE;
    RecognitionForm form = new RecognitionForm().leaveOut("model");
    // Left out, it would be English.
    String language = WhisperLanguages.only(call.languages()).orElse(AUTO);
    form.field("language", detect ? AUTO : language);
    form.field("response_format", "verbose_json");
    form.field("temperature", BigDecimal.valueOf(call.temperature().orElse(0)).toPlainString());
    form.field("token_timestamps", String.valueOf(call.words()));
    if (call.words()) {
      form.field("max_len", SEGMENT_CHARS_MAX);
    }
    if (detect) {
      form.field("detect_language", "true");
    } else {
      // They cost a further pass of the encoder.
      form.field("no_language_probabilities", "true");
    }
    if (call.task() == RecognitionTask.TRANSLATE) {
      form.field("translate", "true");
    }
    form.fieldUnlessEmpty("prompt", call.prompt());
    return form.with(call.extra(), "file", call.clip());
  }
}
