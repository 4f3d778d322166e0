package dev.parley.hub.edge.recognition;

import com.linecorp.armeria.common.HttpData;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.recognition.Transcript;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.error.OpenAiErrors;
import dev.parley.hub.edge.grpc.json.ProtoJson;
import dev.parley.hub.edge.transcript.OpenAiTranscripts;
import dev.parley.hub.edge.transcript.SpeakerLabels;
import dev.parley.hub.edge.transcript.TranscriptMessages;
import dev.parley.hub.recognition.order.RecognizedEvent;
import java.nio.charset.StandardCharsets;
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
            Optional.of(message("", OpenAiTranscripts.delta(delta)));
        case RecognizedEvent.Stretch stretch ->
            labels.map(known -> message("", OpenAiTranscripts.turn(stretch, known)));
        case RecognizedEvent.Written written ->
            Optional.of(message("", OpenAiTranscripts.done(written.transcript())));
      };
    }

    @Override
    public HttpData failure(ErrorView view) {
      return message("", OpenAiErrors.event(view));
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
                message("segment", ProtoJson.write(TranscriptMessages.segment(stretch)).toBytes()));
        case RecognizedEvent.Written written ->
            Optional.of(message("done", done(written.transcript())));
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
      return message("error", OpenAiErrors.event(view));
    }
  }

  /** One event; JSON has no line feeds of its own. */
  private static HttpData message(String name, byte[] json) {
    String head = name.isEmpty() ? "data: " : "event: " + name + "\ndata: ";
    byte[] prefix = head.getBytes(StandardCharsets.US_ASCII);
    byte[] out = new byte[prefix.length + json.length + 2];
    System.arraycopy(prefix, 0, out, 0, prefix.length);
    System.arraycopy(json, 0, out, prefix.length, json.length);
    out[out.length - 2] = '\n';
    out[out.length - 1] = '\n';
    return HttpData.wrap(out);
  }
}
