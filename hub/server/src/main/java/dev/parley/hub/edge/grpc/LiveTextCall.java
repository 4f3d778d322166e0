package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.speech.LiveSpoken;
import dev.parley.hub.speech.LiveText;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.proto.v1.StreamingSynthesizeRequest;
import dev.parley.proto.v1.SynthesisConfig;
import dev.parley.proto.v1.SynthesizeResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One synthesis of a text that is still being written: the next message is asked for while there is
 * room for more text. The stream counts as forgotten when nothing moves on it in either direction.
 * Belongs to the caller's event loop.
 */
final class LiveTextCall implements StreamObserver<StreamingSynthesizeRequest>, EventReply.Watcher {

  private final ServiceRequestContext ctx;
  private final Function<SynthesisConfig, LiveSpoken> open;
  private final ServerCallStreamObserver<SynthesizeResponse> caller;
  private final EventReply<SpokenEvent, SynthesizeResponse> reply;
  private final IdleLimit idle;
  private @Nullable LiveText text;
  private boolean waiting;

  /**
   * @param open begins to speak as a configuration says, or fails
   */
  LiveTextCall(
      ServiceRequestContext ctx,
      CallFailures failures,
      Function<SynthesisConfig, LiveSpoken> open,
      ServerCallStreamObserver<SynthesizeResponse> caller) {
    this.ctx = ctx;
    this.open = open;
    this.caller = caller;
    caller.disableAutoRequest();
    this.reply = new EventReply<>(ctx, failures, caller, new SpokenAnswers(ctx), this);
    this.idle = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, reply::stop);
    want();
  }

  @Override
  public void onNext(StreamingSynthesizeRequest message) {
    idle.end();
    waiting = false;
    if (reply.isLeft()) {
      return;
    }
    try {
      take(message);
      roomThenWant();
    } catch (RuntimeException e) {
      reply.stop(e);
    }
  }

  private void take(StreamingSynthesizeRequest message) {
    switch (message.getRequestCase()) {
      case CONFIG -> begin(message.getConfig());
      case TEXT -> opened("text").add(SpeechMessages.bounded("text", message.getText()));
      case FLUSH -> opened("flush").flush();
      case CANCEL -> opened("cancel").cancel();
      case REQUEST_NOT_SET ->
          throw SpeechMessages.wrong(
              "request", "none of its members", "config, text, flush or cancel");
    }
  }

  private void begin(SynthesisConfig config) {
    if (text != null) {
      throw SpeechMessages.wrong("config", "given twice", "once, as the first message");
    }
    LiveSpoken live = open.apply(config);
    text = live.text();
    ServedBy.note(ctx, live.spoken().record());
    live.spoken().events().subscribe(reply);
  }

  private LiveText opened(String member) {
    LiveText open = text;
    if (open == null) {
      throw SpeechMessages.wrong("request", member + " before config", "config first");
    }
    return open;
  }

  /** Text that waits to be spoken is bounded: with enough of it the caller is read no further. */
  private void roomThenWant() {
    LiveText open = text;
    if (open != null && open.isFull()) {
      open.onRoom(this::roomThenWant);
    } else {
      want();
    }
  }

  private void want() {
    if (!waiting && !reply.isLeft()) {
      waiting = true;
      idle.begin();
      caller.request(1);
    }
  }

  @Override
  public void onCompleted() {
    idle.end();
    waiting = false;
    LiveText open = text;
    if (open != null && !reply.isLeft()) {
      open.end();
    } else {
      reply.onComplete();
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
