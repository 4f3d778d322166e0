package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.http.ServerSentEvents;
import dev.parley.hub.edge.transcript.OpenAiTranscripts;
import dev.parley.hub.edge.transcript.SpeakerLabels;
import dev.parley.hub.edge.transcript.TranscriptMessages;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.util.Optional;

/** Transcripts as streams of events. */
final class TranscriptEvents {

  private TranscriptEvents() {}

  /** As OpenAI has them, which end without a mark of the end. */
  static final class OpenAi implements Reply.Events {

    private final Optional<SpeakerLabels> labels;

    /**
     * @param labels present when turns of speakers are told
     */
    OpenAi(Optional<SpeakerLabels> labels) {
      this.labels = labels;
    }

    @Override
    public Optional<HttpData> event(RecognizedEvent event) {
      return switch (event) {
        case RecognizedEvent.Delta delta ->
            Optional.of(ServerSentEvents.event(OpenAiTranscripts.delta(delta)));
        case RecognizedEvent.Stretch stretch ->
            labels.map(known -> ServerSentEvents.event(OpenAiTranscripts.turn(stretch, known)));
        case RecognizedEvent.Written written ->
            Optional.of(ServerSentEvents.event(OpenAiTranscripts.done(written.transcript())));
      };
    }

    @Override
    public HttpData failure(ErrorView view) {
      return ServerSentEvents.event(OpenAiErrors.event(view));
    }
  }

  /** {@code segment} for each stretch, {@code done} at the end. */
  static final class Native implements Reply.Events {

    @Override
    public Optional<HttpData> event(RecognizedEvent event) {
      return switch (event) {
        case RecognizedEvent.Delta _ -> Optional.empty();
        case RecognizedEvent.Stretch stretch ->
            Optional.of(
                ServerSentEvents.event(
                    "segment", ProtoJson.write(TranscriptMessages.segment(stretch)).toBytes()));
        case RecognizedEvent.Written written ->
            Optional.of(ServerSentEvents.event("done", done(written.transcript())));
      };
    }

    private static byte[] done(Transcript transcript) {
      JsonWriter json = new JsonWriter(128).beginObject().member("text", transcript.text());
      json.member("language", transcript.language());
      json.member("duration", transcript.seconds().orElse(0));
      return json.endObject().toBytes();
    }

    @Override
    public HttpData failure(ErrorView view) {
      return ServerSentEvents.event("error", OpenAiErrors.event(view));
    }
  }
}
