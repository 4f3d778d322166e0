package dev.parley.adapters.sound;

import dev.parley.adapters.http.EventOutlet;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The running half of {@link LocalSpeech}; its state belongs to one event loop. */
final class LocalSubscription implements Flow.Subscription, EventOutlet.Source {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final LocalSpeech.Place place;
  private final String backend;
  private final EventLoop loop;
  private final EventOutlet<SpeechEvent> outlet;
  private @Nullable Speaking speaking;
  private boolean stepping;

  LocalSubscription(
      LocalSpeech.Place place, String backend, Flow.Subscriber<? super SpeechEvent> subscriber) {
    this.place = place;
    this.backend = backend;
    this.loop = place.loops().get();
    this.outlet = new EventOutlet<>(subscriber, this);
  }

  void start(Supplier<Speaking> begin) {
    onLoop(() -> {
      if (!outlet.isRunning()) {
        return;
      }
      try {
        speaking = begin.get();
      } catch (RuntimeException e) {
        outlet.fail(e);
        return;
      }
      readMore();
    });
  }

  @Override
  public void request(long n) {
    onLoop(() -> outlet.request(n));
  }

  @Override
  public void cancel() {
    onLoop(() -> {
      if (outlet.abandon()) {
        ended(true);
      }
    });
  }

  @Override
  public void readMore() {
    Speaking now = speaking;
    if (stepping || now == null) {
      return;
    }
    stepping = true;
    try {
      place.threads().execute(() -> step(now));
    } catch (RejectedExecutionException _) {
      outlet.fail(
          new HubException(
              new HubError.Overloaded("backend " + backend + " is busy", RETRY_AFTER)));
    }
  }

  /** On one of the engine's threads. */
  private void step(Speaking now) {
    List<SpeechEvent> made = new ArrayList<>();
    try {
      boolean more = now.step(made::add);
      onLoop(() -> stepped(made, more, null));
    } catch (RuntimeException | Error e) {
      onLoop(() -> stepped(made, false, known(e)));
    }
  }

  /** What an engine throws beyond what it says is told without its words: they may hold content. */
  private HubException known(Throwable thrown) {
    return thrown instanceof HubException hub
        ? hub
        : new HubException(
            new HubError.BackendFailed(
                new Target(backend, "-"),
                OptionalInt.empty(),
                "its engine failed at this text",
                HubError.Reached.BACKEND),
            thrown);
  }

  private void stepped(List<SpeechEvent> made, boolean more, @Nullable HubException failure) {
    stepping = false;
    if (!outlet.isRunning()) {
      return;
    }
    made.forEach(outlet::add);
    if (failure != null) {
      outlet.fail(failure);
      return;
    }
    if (!more) {
      outlet.complete();
    }
    outlet.drain();
  }

  @Override
  public void ended(boolean failed) {
    Speaking last = speaking;
    speaking = null;
    if (last != null) {
      last.close();
    }
  }

  private void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
    } else {
      loop.execute(task);
    }
  }
}
