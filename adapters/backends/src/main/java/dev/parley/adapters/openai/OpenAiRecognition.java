package dev.parley.adapters.openai;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.openai.RecognitionQuirks.Known;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.UnreadableClip;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.RecognitionTask;
import dev.parley.core.spi.LiveRecognizer;
import dev.parley.core.spi.Recognizer;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/**
 * Recognition on {@code /v1/audio/transcriptions} and {@code /v1/audio/translations}, with the
 * departures that its quirks name.
 */
final class OpenAiRecognition implements Recognizer {

  private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";
  private static final String TRANSLATIONS = "/v1/audio/translations";

  private final BackendClient client;
  private final Quirks quirks;
  private final RecognitionQuirks recognition;

  OpenAiRecognition(BackendClient client, Quirks quirks, RecognitionQuirks recognition) {
    this.client = client;
    this.quirks = quirks;
    this.recognition = recognition;
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return known(model).abilities();
  }

  private Known known(String model) {
    return recognition.models().of(client.spec(), model);
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    Known model = known(target.model());
    Supplier<Body> body =
        () -> {
          WithinRecognition.check(call, model.abilities(), target);
          return new RecognitionRequest(call, target, recognition, model).body();
        };
    String accept =
        model.streams(call) ? "text/event-stream, application/json" : "application/json";
    String path = call.task() == RecognitionTask.TRANSLATE ? TRANSLATIONS : TRANSCRIPTIONS;
    Outgoing request = new Outgoing(path, accept, call.requestId(), call.headers());
    long bytesMax = client.spec().responseBytesMax();
    return new Reclassified<>(
        client.send(request, target, body, () -> new TranscriptReader(target, bytesMax)),
        error -> UnreadableClip.in(quirks.failures().edit(target, error)));
  }

  @Override
  public Optional<LiveRecognizer> live(String model) {
    return recognition.members().contains(RecognitionQuirks.Member.REALTIME)
            && RecognitionTypes.lastPart(model).contains("realtime")
        ? Optional.of(new VllmRealtime(client))
        : Optional.empty();
  }
}
