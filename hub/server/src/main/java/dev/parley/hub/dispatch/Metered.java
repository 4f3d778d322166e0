package dev.parley.hub.dispatch;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.time.Clock;
import dev.parley.hub.telemetry.CallLog;
import dev.parley.hub.telemetry.CallRecord;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Passes a call's events on, notes what they show, and closes the record when the call ends. */
final class Metered implements Flow.Subscriber<DocumentEvent>, Flow.Subscription {

  private final Flow.Subscriber<? super DocumentEvent> subscriber;
  private final CallRecord record;
  private final CallLog log;
  private final Clock clock;
  private Flow.@Nullable Subscription upstream;
  private boolean over;

  Metered(
      Flow.Subscriber<? super DocumentEvent> subscriber,
      CallRecord record,
      CallLog log,
      Clock clock) {
    this.subscriber = subscriber;
    this.record = record;
    this.log = log;
    this.clock = clock;
  }

  /** The call could not even be planned. */
  void failBeforeStart(RuntimeException failure) {
    subscriber.onSubscribe(this);
    onError(failure);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscriber.onSubscribe(this);
  }

  @Override
  public void onNext(DocumentEvent event) {
    switch (event) {
      case DocumentEvent.Opened _ -> {}
      case DocumentEvent.Whole whole -> {
        record.firstByte(clock.nanoTime());
        record.events(1);
        record.usage(whole.usage());
      }
      case DocumentEvent.Chunks(var chunks) -> {
        record.firstByte(clock.nanoTime());
        record.events(chunks.size());
        for (Chunk chunk : chunks) {
          record.usage(chunk.usage());
        }
      }
    }
    subscriber.onNext(event);
  }

  @Override
  public void onError(Throwable failure) {
    close(outcome(failure));
    subscriber.onError(failure);
  }

  @Override
  public void onComplete() {
    close("ok");
    subscriber.onComplete();
  }

  @Override
  public void request(long n) {
    if (upstream != null) {
      upstream.request(n);
    }
  }

  @Override
  public void cancel() {
    close("cancelled");
    if (upstream != null) {
      upstream.cancel();
    }
  }

  private void close(String outcome) {
    if (!over) {
      over = true;
      log.ended(record, outcome);
    }
  }

  private static String outcome(Throwable failure) {
    if (!(failure instanceof HubException known)) {
      return "internal";
    }
    return switch (known.error()) {
      case HubError.InvalidRequest _, HubError.UnsupportedMediaType _ -> "invalid_request";
      case HubError.MethodNotAllowed _ -> "method_not_allowed";
      case HubError.CapabilityMissing _ -> "capability_missing";
      case HubError.NotFound _ -> "not_found";
      case HubError.TooLarge _ -> "too_large";
      case HubError.RateLimited _ -> "rate_limited";
      case HubError.QuotaSpent _ -> "quota_spent";
      case HubError.Overloaded _ -> "overloaded";
      case HubError.NoHealthyBackend _ -> "no_backend";
      case HubError.ModelLoading _ -> "model_loading";
      case HubError.BackendRejected _ -> "backend_rejected";
      case HubError.BackendFailed _ -> "backend_failed";
      case HubError.DeadlineExceeded(var stage, _) -> "timeout_" + stage.wireName();
      case HubError.Cancelled _ -> "cancelled";
      case HubError.NotConfigured _ -> "not_configured";
      case HubError.Internal _ -> "internal";
    };
  }
}
