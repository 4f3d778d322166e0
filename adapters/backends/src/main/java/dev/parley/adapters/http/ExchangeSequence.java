package dev.parley.adapters.http;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges made one after the other, for a document that is too large for one call. Their answers
 * become one; together they must stay within what one answer may have. The first failure ends it.
 */
final class ExchangeSequence implements Flow.Publisher<DocumentEvent> {

  private final BackendClient client;
  private final Target target;
  private final Supplier<List<Flow.Publisher<DocumentEvent>>> parts;
  private final Function<List<DocumentEvent.Whole>, DocumentEvent.Whole> join;
  private final AtomicBoolean used = new AtomicBoolean();

  ExchangeSequence(
      BackendClient client,
      Target target,
      Supplier<List<Flow.Publisher<DocumentEvent>>> parts,
      Function<List<DocumentEvent.Whole>, DocumentEvent.Whole> join) {
    this.client = client;
    this.target = target;
    this.parts = parts;
    this.join = join;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
    Objects.requireNonNull(subscriber, "subscriber");
    if (!used.compareAndSet(false, true)) {
      Exchange.refuse(subscriber);
      return;
    }
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
    run.onLoop(run::start);
  }

  /** All of it on one event loop, which the exchanges share. */
  private final class Run
      implements Flow.Subscription, Flow.Subscriber<DocumentEvent>, EventOutlet.Source {

    private final EventLoop loop = client.loop();
    private final EventOutlet<DocumentEvent> outlet;
    private final List<DocumentEvent.Whole> answers = new ArrayList<>();
    private List<Flow.Publisher<DocumentEvent>> all = List.of();
    private Flow.@Nullable Subscription current;
    private boolean opened;
    private long bytes;

    Run(Flow.Subscriber<? super DocumentEvent> subscriber) {
      this.outlet = new EventOutlet<>(subscriber, this);
    }

    void onLoop(Runnable task) {
      if (loop.inEventLoop()) {
        task.run();
      } else {
        loop.execute(task);
      }
    }

    void start() {
      if (!outlet.isRunning()) {
        return;
      }
      try {
        all = parts.get();
      } catch (RuntimeException e) {
        outlet.fail(TransportFailure.unsent(e, target));
        return;
      }
      all.getFirst().subscribe(this);
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
    public void onSubscribe(Flow.Subscription subscription) {
      current = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(DocumentEvent event) {
      switch (event) {
        case DocumentEvent.Opened head -> {
          if (!opened) {
            opened = true;
            outlet.add(head);
            outlet.drain();
          }
        }
        case DocumentEvent.Whole answer -> keep(answer);
        case DocumentEvent.Chunks _ -> throw new IllegalStateException("a part was streamed");
      }
    }

    private void keep(DocumentEvent.Whole answer) {
      bytes += answer.body().length();
      answers.add(answer);
      if (bytes > client.spec().responseBytesMax()) {
        String detail =
            "its answers are larger than " + client.spec().responseBytesMax() + " bytes";
        outlet.fail(
            new HubException(
                new HubError.BackendFailed(
                    target, OptionalInt.empty(), detail, HubError.Reached.BACKEND)));
      }
    }

    @Override
    public void onError(Throwable failure) {
      outlet.fail(answers.isEmpty() ? failure : afterAnswers(failure));
    }

    /** A part that never arrived does not undo the parts that did. */
    private static Throwable afterAnswers(Throwable failure) {
      return failure instanceof HubException hub
              && hub.error() instanceof HubError.BackendFailed failed
          ? new HubException(
              new HubError.BackendFailed(
                  failed.target(),
                  failed.upstreamStatus(),
                  failed.detail(),
                  HubError.Reached.BACKEND),
              failure)
          : failure;
    }

    @Override
    public void onComplete() {
      if (!outlet.isRunning()) {
        return;
      }
      if (answers.size() < all.size()) {
        all.get(answers.size()).subscribe(this);
        return;
      }
      try {
        outlet.add(join.apply(answers));
        outlet.complete();
      } catch (RuntimeException e) {
        outlet.fail(TransportFailure.unreadable(e, target));
        return;
      }
      outlet.drain();
    }

    /** The parts run by themselves. */
    @Override
    public void readMore() {}

    @Override
    public void ended(boolean failed) {
      Flow.Subscription running = current;
      if (failed && running != null) {
        running.cancel();
      }
    }
  }
}
