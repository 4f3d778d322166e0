package dev.parley.hub.edge.grpc;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.edge.http.KernelName;
import dev.parley.hub.media.LiveSound;
import dev.parley.hub.media.LiveSpeech;
import dev.parley.hub.media.SpeechListener;
import dev.parley.hub.media.SpeechMoment;
import dev.parley.hub.telemetry.SoundCall;
import dev.parley.proto.v1.SpeechEvent;
import dev.parley.proto.v1.StreamingDetectSpeechRequest;
import dev.parley.proto.v1.StreamingVadConfig;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One live detection: the next message is asked for when the one before has been heard, or waits in
 * a short line to be. Belongs to the caller's event loop.
 */
final class LiveCall implements StreamObserver<StreamingDetectSpeechRequest>, SpeechListener {

  private static final int AUDIO_BYTES_MAX = 1 << 20;
  private static final int SLICE_BYTES = 32 << 10;

  private final ServiceRequestContext ctx;
  private final CallFailures failures;
  private final LiveSpeech live;
  private final SoundCall noted;
  private final IdleLimit idle;
  private final ServerCallStreamObserver<SpeechEvent> caller;
  private @Nullable LiveSound sound;
  private boolean configured;
  private boolean opening;
  private boolean busy;
  private boolean ended;
  private boolean finishing;
  private boolean over;
  private int turn;

  LiveCall(
      ServiceRequestContext ctx,
      CallFailures failures,
      LiveSpeech live,
      SoundCall noted,
      ServerCallStreamObserver<SpeechEvent> caller) {
    this.ctx = ctx;
    this.failures = failures;
    this.live = live;
    this.noted = noted;
    this.idle = new IdleLimit(ctx.eventLoop().withoutContext(), IdleLimit.DEFAULT, this::fail);
    this.caller = caller;
    caller.disableAutoRequest();
    caller.setOnCancelHandler(this::drop);
    want();
  }

  @Override
  public void onNext(StreamingDetectSpeechRequest message) {
    idle.end();
    if (over) {
      return;
    }
    switch (message.getRequestCase()) {
      case CONFIG -> {
        if (configured) {
          fail(wrong("config", "given twice", "once, as the first message"));
        } else {
          configured = true;
          open(message.getConfig());
        }
      }
      case AUDIO -> hear(message.getAudio());
      case REQUEST_NOT_SET -> fail(wrong("request", "neither config nor audio", "one of both"));
    }
  }

  private void open(StreamingVadConfig config) {
    opening = true;
    try {
      var _ =
          live.open(
                  AudioFormats.read(config.getFormat()),
                  AudioMessages.turns(config.getVad()),
                  config.getModel(),
                  this)
              .whenCompleteAsync(this::opened, ctx.eventLoop().withoutContext());
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void opened(@Nullable LiveSound opened, @Nullable Throwable failure) {
    opening = false;
    if (opened == null) {
      fail(failure == null ? new IllegalStateException("neither stream nor failure") : failure);
      return;
    }
    if (over) {
      opened.close();
      return;
    }
    sound = opened;
    noted.model(opened.model());
    KernelName.tell(ctx, opened.model());
    if (ended) {
      finish(opened);
    } else {
      want();
    }
  }

  private void hear(ByteString audio) {
    LiveSound open = sound;
    if (open == null) {
      fail(wrong("request", "audio before config", "config first, then audio"));
    } else if (audio.size() > AUDIO_BYTES_MAX) {
      fail(
          new HubException(
              new HubError.TooLarge("the audio of one message", "audio", AUDIO_BYTES_MAX)));
    } else {
      busy = true;
      noted.bytes(audio.size());
      hear(open, audio, 0);
    }
  }

  /** In slices, so that a large message does not hold up the others on this event loop. */
  private void hear(LiveSound open, ByteString audio, int from) {
    int to = Math.min(audio.size(), from + SLICE_BYTES);
    var _ =
        open.hear(audio.substring(from, to).toByteArray())
            .whenCompleteAsync(
                (_, _) -> {
                  if (over) {
                    return;
                  }
                  if (to < audio.size()) {
                    hear(open, audio, to);
                    return;
                  }
                  busy = false;
                  if (ended) {
                    finish(open);
                  } else {
                    want();
                  }
                },
                ctx.eventLoop().withoutContext());
  }

  @Override
  public void onCompleted() {
    ended = true;
    idle.end();
    LiveSound open = sound;
    if (open != null && !busy) {
      finish(open);
    } else if (!opening && open == null && !over) {
      over = true;
      noted.ended("ok");
      caller.onCompleted();
    }
  }

  private void finish(LiveSound open) {
    if (!finishing && !over) {
      finishing = true;
      open.finish();
    }
  }

  @Override
  public void onError(Throwable left) {
    drop();
  }

  @Override
  public void heard(SpeechMoment moment) {
    ctx.eventLoop()
        .execute(() -> {
          if (!over) {
            caller.onNext(event(moment));
          }
        });
  }

  private SpeechEvent event(SpeechMoment moment) {
    SpeechEvent event =
        SpeechEvent.newBuilder()
            .setType(
                moment.starts()
                    ? SpeechEvent.Type.TYPE_SPEECH_STARTED
                    : SpeechEvent.Type.TYPE_SPEECH_STOPPED)
            .setOffsetMs((int) Math.min(Integer.MAX_VALUE, moment.offsetMs()))
            .setTurn(turn)
            .setProbability(moment.probability())
            .build();
    if (!moment.starts()) {
      turn++;
    }
    return event;
  }

  @Override
  public void finished() {
    ctx.eventLoop()
        .execute(() -> {
          if (!over) {
            over = true;
            caller.onCompleted();
          }
        });
  }

  @Override
  public void failed(Throwable failure) {
    ctx.eventLoop().execute(() -> fail(failure));
  }

  private void fail(Throwable failure) {
    boolean tell = !over;
    if (tell) {
      noted.ended(failures.reason(ctx, failure));
    }
    drop();
    if (tell) {
      caller.onError(failures.status(ctx, failure));
    }
  }

  private void drop() {
    over = true;
    noted.ended("cancelled");
    idle.end();
    if (sound != null) {
      sound.close();
    }
  }

  /** Asks for the next message, which must come before the stream counts as forgotten. */
  private void want() {
    idle.begin();
    caller.request(1);
  }

  private static HubException wrong(String field, String found, String expected) {
    return new HubException(new HubError.InvalidRequest(field, found, expected));
  }
}
