package dev.parley.hub.edge.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.recognition.live.LiveInput;
import dev.parley.hub.recognition.live.LiveRecognized;
import dev.parley.proto.v1.StreamingRecognitionConfig;
import dev.parley.proto.v1.StreamingRecognizeRequest;
import dev.parley.proto.v1.StreamingRecognizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One recognition of sound that is still arriving: the next message is asked for while there is
 * room for more sound. The stream counts as forgotten when nothing moves on it in either direction.
 * Belongs to the caller's event loop.
 */
final class LiveRecognitionCall
    implements StreamObserver<StreamingRecognizeRequest>, EventReply.Watcher {

  private static final int AUDIO_BYTES_MAX = 1 << 20;
  private static final int SLICE_BYTES = 32 << 10;

  private final ServiceRequestContext ctx;
  private final Function<StreamingRecognitionConfig, LiveRecognized> open;
  private final ServerCallStreamObserver<StreamingRecognizeResponse> caller;
  private final EventReply<LiveEvent, StreamingRecognizeResponse> reply;
  private final IdleLimit idle;
  private @Nullable LiveInput input;
  private boolean waiting;
  private boolean busy;
  private boolean ended;

  /**
   * @param open begins to listen as a configuration says, or fails
   */
  LiveRecognitionCall(
      ServiceRequestContext ctx,
      CallFailures failures,
      Function<StreamingRecognitionConfig, LiveRecognized> open,
      ServerCallStreamObserver<StreamingRecognizeResponse> caller) {
    this.ctx = ctx;
    this.open = open;
    this.caller = caller;
    caller.disableAutoRequest();
    this.reply = new EventReply<>(ctx, failures, caller, new RecognitionAnswers(), this);
    this.idle = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, reply::stop);
    want();
  }

  @Override
  public void onNext(StreamingRecognizeRequest message) {
    idle.end();
    waiting = false;
    if (reply.isLeft()) {
      return;
    }
    try {
      take(message);
      if (!busy) {
        want();
      }
    } catch (RuntimeException e) {
      reply.stop(e);
    }
  }

  private void take(StreamingRecognizeRequest message) {
    switch (message.getRequestCase()) {
      case CONFIG -> begin(message.getConfig());
      case AUDIO -> {
        LiveInput opened = opened("audio");
        ByteString audio = message.getAudio();
        if (audio.size() > AUDIO_BYTES_MAX) {
          throw new HubException(
              new HubError.TooLarge("the audio of one message", "audio", AUDIO_BYTES_MAX));
        }
        if (!audio.isEmpty()) {
          busy = true;
          hear(opened, audio, 0);
        }
      }
      case FINALIZE -> opened("finalize").finalizeSoFar();
      case UPDATE -> RecognitionMessages.update(message.getUpdate(), opened("update"));
      case REQUEST_NOT_SET ->
          throw SpeechMessages.wrong(
              "request", "none of its members", "config, audio, finalize or update");
    }
  }

  private void begin(StreamingRecognitionConfig config) {
    if (input != null) {
      throw SpeechMessages.wrong("config", "given twice", "once, as the first message");
    }
    LiveRecognized live = open.apply(config);
    input = live.input();
    ServedBy.note(ctx, live.record());
    live.events().subscribe(reply);
  }

  private LiveInput opened(String member) {
    LiveInput opened = input;
    if (opened == null) {
      throw SpeechMessages.wrong("request", member + " before config", "config first");
    }
    return opened;
  }

  /** In slices, so that a large message does not hold up the others on this event loop. */
  private void hear(LiveInput opened, ByteString audio, int from) {
    int to = Math.min(audio.size(), from + SLICE_BYTES);
    var _ =
        opened
            .hear(audio.substring(from, to).toByteArray())
            .whenCompleteAsync(
                (_, _) -> heard(opened, audio, to), ctx.eventLoop().withoutContext());
  }

  private void heard(LiveInput opened, ByteString audio, int to) {
    if (reply.isLeft()) {
      return;
    }
    if (to < audio.size()) {
      hear(opened, audio, to);
      return;
    }
    busy = false;
    if (ended) {
      opened.end();
    } else {
      want();
    }
  }

  /** Asks for the next message, which must come before the stream counts as forgotten. */
  private void want() {
    if (!waiting && !ended && !reply.isLeft()) {
      waiting = true;
      idle.begin();
      caller.request(1);
    }
  }

  @Override
  public void onCompleted() {
    idle.end();
    waiting = false;
    ended = true;
    LiveInput opened = input;
    if (opened == null) {
      reply.onComplete();
    } else if (!busy && !reply.isLeft()) {
      opened.end();
    }
  }

  /** The caller's departure is the reply's to notice. */
  @Override
  public void onError(Throwable left) {
    idle.end();
  }

  @Override
  public void sent() {
    if (waiting) {
      idle.begin();
    }
  }

  @Override
  public void over() {
    idle.end();
  }
}
