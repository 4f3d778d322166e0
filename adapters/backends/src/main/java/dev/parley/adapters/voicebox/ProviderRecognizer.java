package dev.parley.adapters.voicebox;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.UnreadableClip;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.spi.Recognizer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * Recognition by a server of the specification. Its sample reads the language from the query where
 * the specification puts it into the form: it stands in both, which neither minds.
 */
final class ProviderRecognizer implements Recognizer {

  /** The specification has no name for it. */
  static final String MODEL = "voicebox-provider-stt";

  private static final String PATH = "/v1/transcribe";
  private static final RecognitionAbilities ABILITIES =
      RecognitionAbilities.builder().languageHints(1).build();

  private final BackendClient client;

  ProviderRecognizer(BackendClient client) {
    this.client = client;
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    Optional<String> language =
        call.languages().size() == 1
            ? Optional.of(LanguageNames.primary(call.languages().getFirst()))
            : Optional.empty();
    String path =
        language
            .map(code -> PATH + "?language=" + URLEncoder.encode(code, StandardCharsets.UTF_8))
            .orElse(PATH);
    Outgoing request = new Outgoing(path, "application/json", call.requestId(), call.headers());
    long bytesMax = client.spec().responseBytesMax();
    Flow.Publisher<RecognitionEvent> exchange =
        client.send(
            request,
            target,
            () -> {
              WithinRecognition.check(call, ABILITIES, target);
              return form(call, language);
            },
            () -> new TranscriptReader(target, bytesMax));
    return new Reclassified<>(exchange, UnreadableClip::in);
  }

  private static Body form(RecognitionCall call, Optional<String> language) {
    RecognitionForm form = new RecognitionForm().leaveOut("model");
    language.ifPresent(code -> form.field("language", code));
    return form.with(call.extra(), "audio", call.clip());
  }
}
