package dev.parley.hub.fake;

import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Phrase;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.recognition.Recognized;
import dev.parley.hub.recognition.live.LiveEvent;
import dev.parley.hub.recognition.live.LiveInput;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.LiveRecognized;
import dev.parley.hub.recognition.live.TurnSettings;
import dev.parley.hub.recognition.order.RecognitionOrder;
import dev.parley.hub.recognition.order.RecognitionWish;
import dev.parley.hub.recognition.order.RecognizedEvent;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Has heard what a test tells it to, no faster than it is asked. */
public final class FakeRecognition implements Recognition {

  /**
   * What a call came with, and the way to answer it.
   *
   * @param <E> what it is answered with
   */
  public static class Call<E> implements Flow.Publisher<E>, Flow.Subscription {
    final ScheduledExecutorService loop;
    private final CallRecord record;
    private final Queue<E> events = new ArrayDeque<>();
    private final BlockingQueue<String> fate = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscriber<? super E> caller;
    private @Nullable Throwable failure;
    private long demand;
    private boolean complete;
    private boolean over;

    Call(RecognitionWish wish, ScheduledExecutorService loop) {
      this.loop = loop;
      record =
          new CallRecord(
              new CallFacts(wish.requestId(), "recognition", wish.model(), true, Caller.ANYONE), 0);
      record.attempt(new Target("b", "m"), 1_000_000);
      record.firstByte(5_000_000);
    }

    /** How the caller ended it: {@code cancelled}. */
    public String fate() throws InterruptedException {
      return String.valueOf(fate.poll(10, TimeUnit.SECONDS));
    }

    public Call<E> says(E event) {
      loop.execute(() -> {
        events.add(event);
        drain();
      });
      return this;
    }

    /** How many events wait to be asked for. */
    public int waiting() {
      return CompletableFuture.supplyAsync(events::size, loop).join();
    }

    public void completes() {
      loop.execute(() -> {
        complete = true;
        drain();
      });
    }

    public void fails(Throwable cause) {
      loop.execute(() -> {
        failure = cause;
        drain();
      });
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> subscriber) {
      caller = subscriber;
      subscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      loop.execute(() -> {
        demand = count == Long.MAX_VALUE ? count : demand + count;
        drain();
      });
    }

    @Override
    public void cancel() {
      over = true;
      fate.add("cancelled");
    }

    private void drain() {
      Flow.Subscriber<? super E> to = caller;
      while (!over && to != null && demand > 0 && !events.isEmpty()) {
        demand--;
        to.onNext(events.remove());
      }
      if (!over && to != null && events.isEmpty() && (complete || failure != null)) {
        over = true;
        if (failure == null) {
          to.onComplete();
        } else {
          to.onError(failure);
        }
      }
    }
  }

  /** A recording. */
  public static final class Whole extends Call<RecognizedEvent> {
    private final RecognitionOrder order;
    private final Duration patience;

    Whole(RecognitionOrder order, ScheduledExecutorService loop, Duration patience) {
      super(order.wish(), loop);
      this.order = order;
      this.patience = patience;
    }

    public RecognitionOrder order() {
      return order;
    }

    public RecognitionWish wish() {
      return order.wish();
    }

    public Duration patience() {
      return patience;
    }
  }

  /** A stream. */
  public static final class Live extends Call<LiveEvent> implements LiveInput {
    private final LiveOrder order;
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Queue<CompletableFuture<Void>> heard = new ArrayDeque<>();
    private boolean deaf;

    Live(LiveOrder order, ScheduledExecutorService loop) {
      super(order.wish(), loop);
      this.order = order;
    }

    public LiveOrder order() {
      return order;
    }

    /** What came in next. */
    public String told() throws InterruptedException {
      return String.valueOf(told.poll(10, TimeUnit.SECONDS));
    }

    /** Whether nothing more came in, so far. */
    public boolean isQuiet() {
      return told.isEmpty();
    }

    /** From now on there is no room for more. */
    public void hasNoRoom() {
      CompletableFuture.runAsync(() -> deaf = true, loop).join();
    }

    /** There is room again. */
    public void hasRoom() {
      loop.execute(() -> {
        deaf = false;
        List<CompletableFuture<Void>> waiting = List.copyOf(heard);
        heard.clear();
        waiting.forEach(future -> future.complete(null));
      });
    }

    @Override
    public CompletableFuture<Void> hear(byte[] bytes) {
      told.add("heard " + bytes.length);
      CompletableFuture<Void> future = new CompletableFuture<>();
      if (deaf) {
        heard.add(future);
      } else {
        future.complete(null);
      }
      return future;
    }

    @Override
    public void finalizeSoFar() {
      told.add("finalize");
    }

    @Override
    public void update(
        Optional<List<Phrase>> phrases,
        Optional<List<String>> languages,
        Optional<TurnSettings> turns) {
      told.add(
          "update "
              + phrases.map(list -> list.stream().map(Phrase::text).toList())
              + languages
              + turns.map(TurnSettings::mode));
    }

    @Override
    public void end() {
      told.add("end");
    }
  }

  private final BlockingQueue<Call<?>> calls = new LinkedBlockingQueue<>();

  /** The next recording that came. */
  public Whole whole() throws InterruptedException {
    return (Whole) call();
  }

  /** The next stream that came. */
  public Live live() throws InterruptedException {
    return (Live) call();
  }

  private Call<?> call() throws InterruptedException {
    return Objects.requireNonNull(calls.poll(10, TimeUnit.SECONDS), "no call came");
  }

  /** Whether no call came, so far. */
  public boolean isQuiet() {
    return calls.isEmpty();
  }

  @Override
  public Recognized recognize(
      RecognitionOrder order, ScheduledExecutorService loop, Duration patience) {
    Whole call = new Whole(order, loop, patience);
    calls.add(call);
    return new Recognized(call, ((Call<?>) call).record);
  }

  @Override
  public LiveRecognized listen(LiveOrder order, ScheduledExecutorService loop) {
    Live call = new Live(order, loop);
    calls.add(call);
    return new LiveRecognized(call, call, ((Call<?>) call).record);
  }
}
