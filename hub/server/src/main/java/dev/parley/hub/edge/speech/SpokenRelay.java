package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.time.Clock;
import dev.parley.hub.edge.error.ErrorView;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.edge.http.ServedBy;
import dev.parley.hub.edge.http.SpokenBy;
import dev.parley.hub.edge.http.StreamedBody;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Sends speech as the body of one answer. Belongs to the request's event loop. */
final class SpokenRelay implements Flow.Subscriber<SpokenEvent> {

  private static final SpeechUsage UNCOUNTED = new SpeechUsage(0, 0, 0);

  private final CallRecord record;
  private final Framing framing;
  private final StreamedBody body;
  private SpokenEvent.@Nullable Begun begun;
  private Optional<SpeechUsage> usage = Optional.empty();

  SpokenRelay(CallRecord record, Answer answer, Framing framing, Duration heartbeat, Clock clock) {
    this.record = record;
    this.framing = framing;
    this.body = new StreamedBody(answer, new Frame(), heartbeat, clock);
  }

  private final class Frame implements StreamedBody.Frame {

    @Override
    public ResponseHeaders head() {
      ResponseHeadersBuilder head =
          framing.head(begun == null ? AudioFormat.UNSTATED : begun.format());
      ServedBy.tell(record, head::set);
      if (begun != null) {
        SpokenBy.tell(begun, head::set);
      }
      return head.build();
    }

    @Override
    public HttpData opening() {
      return framing.opening();
    }

    @Override
    public Optional<HttpData> failure(ErrorView view) {
      return framing.failure(view);
    }

    @Override
    public Optional<HttpData> heartbeat() {
      return framing.heartbeat();
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription from) {
    body.from(from);
  }

  @Override
  public void onNext(SpokenEvent event) {
    if (body.isOver()) {
      return;
    }
    switch (event) {
      case SpokenEvent.Begun told -> {
        begun = told;
        body.more();
      }
      case SpokenEvent.Sound sound -> write(sound.bytes());
      case SpokenEvent.Marks _ -> body.more();
      case SpokenEvent.Ended ended -> {
        usage = ended.usage().map(more -> usage.map(more::and).orElse(more)).or(() -> usage);
        body.more();
      }
    }
  }

  private void write(byte[] sound) {
    HttpData data;
    try {
      // The head knows the format that sound is framed in.
      body.begin();
      data = framing.sound(sound);
    } catch (HubException e) {
      body.stop(e);
      return;
    }
    body.write(data);
  }

  @Override
  public void onError(Throwable failure) {
    body.failed(failure);
  }

  @Override
  public void onComplete() {
    if (!body.isOver()) {
      body.begin();
      body.complete(framing.closing(usage.orElse(UNCOUNTED)));
    }
  }
}
