package dev.parley.hub.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.SpeechEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Speaks with a voice that the server keeps: first it is seen to that the server has it, and a
 * server that says that it does not, although it should, is given it once more. Belongs to one
 * event loop.
 */
final class KeptSpeech implements Flow.Publisher<SpeechEvent> {

  private final Supplier<CompletableFuture<String>> name;
  private final Supplier<CompletableFuture<Void>> lost;
  private final Function<String, Flow.Publisher<SpeechEvent>> speech;
  private final Executor loop;

  /**
   * @param name what the voice is called there, when the server has it
   * @param lost notes that it has it no more
   * @param speech speaks with the voice of a name
   */
  KeptSpeech(
      Supplier<CompletableFuture<String>> name,
      Supplier<CompletableFuture<Void>> lost,
      Function<String, Flow.Publisher<SpeechEvent>> speech,
      Executor loop) {
    this.name = name;
    this.lost = lost;
    this.speech = speech;
    this.loop = loop;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super SpeechEvent> subscriber) {
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
    run.begin();
  }

  private final class Run implements Flow.Subscription, Flow.Subscriber<SpeechEvent> {

    private final Flow.Subscriber<? super SpeechEvent> subscriber;
    private Flow.@Nullable Subscription upstream;
    private long demand;
    private boolean repeated;
    private boolean opened;
    private boolean over;

    Run(Flow.Subscriber<? super SpeechEvent> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      var _ = name.get().whenCompleteAsync(this::named, loop);
    }

    private void named(@Nullable String there, @Nullable Throwable failure) {
      if (over) {
        return;
      }
      if (there == null) {
        over = true;
        subscriber.onError(failure instanceof CompletionException e ? cause(e) : failure);
        return;
      }
      speech.apply(there).subscribe(this);
    }

    private static Throwable cause(CompletionException wrapped) {
      Throwable cause = wrapped.getCause();
      return cause == null ? wrapped : cause;
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      if (upstream != null) {
        upstream.request(n);
      }
    }

    @Override
    public void cancel() {
      over = true;
      if (upstream != null) {
        upstream.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      if (over) {
        subscription.cancel();
      } else if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(SpeechEvent event) {
      opened = true;
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable failure) {
      if (over) {
        return;
      }
      boolean unknown =
          failure instanceof HubException known
              && known.error() instanceof HubError.NotFound(var kind, _, _)
              && kind == HubError.NotFound.Kind.VOICE;
      if (unknown && !opened && !repeated) {
        repeated = true;
        upstream = null;
        var _ = lost.get().whenCompleteAsync((_, _) -> begin(), loop);
        return;
      }
      over = true;
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      if (!over) {
        over = true;
        subscriber.onComplete();
      }
    }
  }
}
