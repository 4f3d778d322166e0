package dev.parley.adapters.vllmomni;

import dev.parley.adapters.dialect.Quirks;
import dev.parley.adapters.dialect.StreamReader;
import dev.parley.adapters.dialect.WholeReader;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.DocumentReader;
import dev.parley.adapters.http.Outgoing;
import dev.parley.adapters.http.Reclassified;
import dev.parley.adapters.recognition.TranscriptReader;
import dev.parley.adapters.recognition.UnreadableClip;
import dev.parley.adapters.recognition.WithinRecognition;
import dev.parley.core.model.DocumentCall;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.spi.Recognizer;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** Recognition by both kinds of model: by the transcription route, or by a conversation. */
final class OmniRecognizer implements Recognizer {

  private static final String CHAT_PATH = "/v1/chat/completions";

  /** A model that converses leaves things out of long recordings, and tells no times. */
  private static final double SECONDS_MAX = 120;

  private static final RecognitionAbilities CONVERSING =
      RecognitionAbilities.builder()
          .streams()
          .translates()
          .detects(RecognitionAbilities.Detection.ASKED)
          .languageHints(1)
          .temperature()
          .secondsMax(SECONDS_MAX)
          .build();

  private final BackendClient client;
  private final Quirks quirks;

  OmniRecognizer(BackendClient client, Quirks quirks) {
    this.client = client;
    this.quirks = quirks;
  }

  @Override
  public RecognitionAbilities abilities(String model) {
    return switch (HearingModel.of(client.spec(), model)) {
      case CHAT -> CONVERSING;
      case TRANSCRIPTION -> TranscriptionRequest.abilities(model);
    };
  }

  @Override
  public Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target) {
    return new Reclassified<>(
        switch (HearingModel.of(client.spec(), target.model())) {
          case CHAT -> converse(call, target);
          case TRANSCRIPTION -> transcribe(call, target);
        },
        UnreadableClip::in);
  }

  private Flow.Publisher<RecognitionEvent> converse(RecognitionCall call, Target target) {
    DocumentCall listening = OmniListening.call(call, target);
    return send(
        call,
        target,
        CHAT_PATH,
        () -> OmniListening.body(call, target),
        () ->
            new HeardReader(
                answer(listening, target), target, call.task(), listening.head().stream()));
  }

  private DocumentReader answer(DocumentCall listening, Target target) {
    long bytesMax = client.spec().responseBytesMax();
    return listening.head().stream()
        ? new StreamReader(listening, target, quirks, bytesMax)
        : new WholeReader(listening, target, quirks, bytesMax);
  }

  private Flow.Publisher<RecognitionEvent> transcribe(RecognitionCall call, Target target) {
    return send(
        call,
        target,
        TranscriptionRequest.path(call),
        () -> TranscriptionRequest.of(call, target),
        () -> new TranscriptReader(target, client.spec().responseBytesMax()));
  }

  private Flow.Publisher<RecognitionEvent> send(
      RecognitionCall call,
      Target target,
      String path,
      Supplier<Body> body,
      Supplier<BodyReader<RecognitionEvent>> reader) {
    String accept = "text/event-stream, application/json";
    return client.send(
        new Outgoing(path, accept, call.requestId(), call.headers()),
        target,
        () -> {
          WithinRecognition.check(call, abilities(target.model()), target);
          return body.get();
        },
        reader);
  }
}
