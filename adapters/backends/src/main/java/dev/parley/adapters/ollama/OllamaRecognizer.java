package dev.parley.adapters.ollama;

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
import java.util.concurrent.Flow;

/**
 * Recognition by a model that hears, through the one route of OpenAI's that this needs: it brings
 * the instruction that such a model has to be given.
 */
final class OllamaRecognizer implements Recognizer {

  /** 25 MiB with the form around the file. */
  private static final long BYTES_MAX = 26_000_000;

  private static final RecognitionAbilities ABILITIES =
      RecognitionAbilities.builder().prompt().languageHints(1).bytesMax(BYTES_MAX).build();

  private final BackendClient client;

  OllamaRecognizer(BackendClient client) {
    this.client = client;
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    Outgoing request =
        new Outgoing(
            "/v1/audio/transcriptions", "application/json", call.requestId(), call.headers());
    Flow.Publisher<RecognitionEvent> exchange =
        client.send(
            request,
            target,
            () -> {
              WithinRecognition.check(call, ABILITIES, target);
              return form(call, target);
            },
            () -> new TranscriptReader(target, client.spec().responseBytesMax()));
    return new Reclassified<>(exchange, UnreadableClip::in);
  }

  private static Body form(RecognitionCall call, Target target) {
    RecognitionForm form = new RecognitionForm().field("model", target.model());
    form.field("response_format", "json").fieldUnlessEmpty("prompt", call.prompt());
    if (call.languages().size() == 1) {
      form.field("language", LanguageNames.primary(call.languages().getFirst()));
    }
    return form.with(call.extra(), "file", call.clip());
  }
}
