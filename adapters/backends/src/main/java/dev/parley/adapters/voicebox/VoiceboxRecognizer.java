package dev.parley.adapters.voicebox;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.recognition.RecognitionForm;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.UnreadableClip;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LanguageNames;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.spi.Recognizer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;

/** Recognition by Voicebox itself: a text and nothing else. */
final class VoiceboxRecognizer implements Recognizer {

  /** Whichever size the server likes best. */
  static final String MODEL = "voicebox-whisper";

  /** A model of that name, or {@code whisper-} and that name, is that size. */
  private static final Set<String> SIZES = Set.of("base", "small", "medium", "large", "turbo");

  /** The server refuses to be told of any other. */
  static final List<String> LANGUAGES =
      List.of("en", "zh", "ja", "ko", "de", "fr", "ru", "pt", "es", "it");

  private static final String OF_WHISPER = "whisper-";
  private static final Duration DOWNLOAD_RETRY = Duration.ofSeconds(30);

  private static final RecognitionAbilities ABILITIES =
      RecognitionAbilities.builder().languageHints(1).languages(LANGUAGES).build();

  private final BackendClient client;

  VoiceboxRecognizer(BackendClient client) {
    this.client = client;
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return ABILITIES;
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    Outgoing request =
        new Outgoing("/transcribe", "application/json", call.requestId(), call.headers());
    long bytesMax = client.spec().responseBytesMax();
    Flow.Publisher<RecognitionEvent> exchange =
        client.send(
            request,
            target,
            () -> {
              WithinRecognition.check(call, ABILITIES, target);
              return form(call, target.model());
            },
            () -> new Downloaded(new TranscriptReader(target, bytesMax), target));
    return new Reclassified<>(exchange, UnreadableClip::in);
  }

  private static Body form(RecognitionCall call, String model) {
    RecognitionForm form = new RecognitionForm().leaveOut("model");
    language(call).ifPresent(language -> form.field("language", language));
    String size = model.startsWith(OF_WHISPER) ? model.substring(OF_WHISPER.length()) : model;
    if (SIZES.contains(size)) {
      form.field("model", size);
    }
    return form.with(call.extra(), "file", call.clip());
  }

  private static Optional<String> language(RecognitionCall call) {
    return call.languages().size() == 1
        ? Optional.of(LanguageNames.primary(call.languages().getFirst()))
            .filter(LANGUAGES::contains)
        : Optional.empty();
  }

  /** A model that is still on its way to the server is told with a status of success. */
  private record Downloaded(BodyReader<RecognitionEvent> reader, Target target)
      implements BodyReader<RecognitionEvent> {

    @Override
    public void opened(ResponseHeaders head, Sink<RecognitionEvent> sink) {
      if (head.status().code() == HttpStatus.ACCEPTED.code()) {
        throw new HubException(new HubError.ModelLoading(target.model(), DOWNLOAD_RETRY));
      }
      reader.opened(head, sink);
    }

    @Override
    public void read(byte[] bytes, int from, int to, Sink<RecognitionEvent> sink) {
      reader.read(bytes, from, to, sink);
    }

    @Override
    public void end(Sink<RecognitionEvent> sink) {
      reader.end(sink);
    }
  }
}
