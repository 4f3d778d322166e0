package dev.parley.hub.recognition.live;

import dev.parley.core.recognition.Phrase;
import dev.parley.hub.media.LiveSound;
import dev.parley.hub.media.SampleListener;
import dev.parley.hub.media.SpeechMoment;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One live recognition: bytes go in, what is told comes out. It begins when it is subscribed to,
 * and belongs to the caller's event loop; what ears tell on threads of their own is brought there,
 * in its order.
 */
public final class LiveSession implements Flow.Publisher<LiveEvent>, LiveInput {

  /** A large message is decoded in slices, so that it does not hold up others on the loop. */
  private static final int SLICE_BYTES = 32 << 10;

  private static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  private final LiveOrder order;
  private final Ears ears;
  private final ClipRecognizer clips;
  private final Executor loop;

  /** What the caller brought and was not dealt with: one message of sound, and what followed. */
  private final ArrayDeque<Brought> brought = new ArrayDeque<>();

  /** Completes when sound may follow; others wait for it, so it is looked at from anywhere. */
  private volatile CompletableFuture<Void> room = NOW;

  private @Nullable LiveOutlet outlet;
  private @Nullable Scribe scribe;
  private @Nullable LiveSound sound;
  private boolean busy;
  private boolean anyBytes;
  private boolean ended;
  private boolean over;

  /** What a caller brings. */
  private sealed interface Brought {

    @SuppressWarnings("ArrayRecordComponent") // Never compared, and copying sound would only cost.
    record Bytes(byte[] bytes, CompletableFuture<Void> taken) implements Brought {}

    record FinalizeSoFar() implements Brought {}

    record Update(
        Optional<List<Phrase>> phrases,
        Optional<List<String>> languages,
        Optional<TurnSettings> turns)
        implements Brought {}

    record End() implements Brought {}
  }

  /**
   * A stream that nobody has subscribed to.
   *
   * @param clips of this stream alone
   * @param loop the event loop of the caller's stream: one thread, tasks in their order
   */
  public LiveSession(LiveOrder order, Ears ears, ClipRecognizer clips, Executor loop) {
    this.order = order;
    this.ears = ears;
    this.clips = clips;
    this.loop = loop;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super LiveEvent> subscriber) {
    if (outlet != null || over) {
      throw new IllegalStateException("subscribed to twice (expected: once)");
    }
    Throwable wrong = null;
    LiveOrder effective = order;
    try {
      effective =
          new LiveOrder(
              order.wish(),
              order.format(),
              order.interims(),
              order.speechEvents(),
              LiveTurns.effective(order.turns()));
    } catch (RuntimeException e) {
      wrong = e;
    }
    LiveOutlet to = new LiveOutlet(subscriber, effective, this::processed, this::look, this::leave);
    outlet = to;
    scribe = new Scribe(effective, clips, to);
    subscriber.onSubscribe(to);
    if (wrong == null) {
      open(effective);
    } else {
      to.fail(wrong);
    }
  }

  private long processed() {
    Scribe writing = scribe;
    return writing == null ? 0 : writing.processed();
  }

  /** How many samples are held, to see that they do not grow in number. */
  int held() {
    Scribe writing = scribe;
    return writing == null ? 0 : writing.held();
  }

  private void open(LiveOrder effective) {
    if (over) {
      return;
    }
    try {
      var _ =
          ears.open(
                  effective.format(), LiveTurns.uncut(effective.turns().speech()), new Listening())
              .whenComplete((opened, failure) -> post(() -> opened(opened, failure)));
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void opened(@Nullable LiveSound opened, @Nullable Throwable failure) {
    if (opened == null) {
      broken(failure == null ? new IllegalStateException("neither stream nor failure") : failure);
      return;
    }
    if (over) {
      opened.close();
      return;
    }
    sound = opened;
    LiveOutlet to = outlet;
    Scribe writing = scribe;
    if (to != null && writing != null) {
      writing.lag(opened.lagSamples());
      to.begin();
    }
    next();
  }

  // The way in.

  @Override
  public CompletableFuture<Void> hear(byte[] bytes) {
    if (over || ended || bytes.length == 0) {
      return NOW;
    }
    CompletableFuture<Void> taken = new CompletableFuture<>();
    bring(new Brought.Bytes(bytes, taken));
    return taken;
  }

  @Override
  public void finalizeSoFar() {
    if (!(brought.peekLast() instanceof Brought.FinalizeSoFar)) {
      bring(new Brought.FinalizeSoFar());
    }
  }

  @Override
  public void update(
      Optional<List<Phrase>> phrases,
      Optional<List<String>> languages,
      Optional<TurnSettings> turns) {
    if (brought.peekLast() instanceof Brought.Update earlier) {
      // Nothing was heard in between, so only the later one ever held.
      brought.removeLast();
      bring(
          new Brought.Update(
              phrases.or(earlier::phrases),
              languages.or(earlier::languages),
              turns.or(earlier::turns)));
    } else {
      bring(new Brought.Update(phrases, languages, turns));
    }
  }

  @Override
  public void end() {
    if (!ended) {
      bring(new Brought.End());
      ended = true;
    }
  }

  private void bring(Brought next) {
    if (!over && !ended) {
      brought.add(next);
      next();
    }
  }

  /** Deals with what was brought, one after the other. */
  private void next() {
    LiveSound to = sound;
    Scribe writing = scribe;
    while (to != null && writing != null && !over && !busy && !brought.isEmpty()) {
      switch (brought.remove()) {
        case Brought.Bytes(byte[] bytes, CompletableFuture<Void> taken) -> {
          anyBytes = true;
          busy = true;
          hear(to, bytes, 0, taken);
        }
        case Brought.FinalizeSoFar _ -> {
          busy = true;
          var _ =
              to.settled()
                  .whenComplete((_, _) ->
                      post(() -> {
                        writing.finalizeUpTo(writing.heard());
                        goOn();
                      }));
        }
        case Brought.Update update -> update(to, writing, update);
        case Brought.End _ -> finish(to, writing);
      }
    }
  }

  private void goOn() {
    busy = false;
    next();
  }

  private void hear(LiveSound to, byte[] bytes, int from, CompletableFuture<Void> taken) {
    int until = Math.min(bytes.length, from + SLICE_BYTES);
    byte[] slice = until - from == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, until);
    var _ = to.hear(slice).whenComplete((_, _) -> post(() -> heard(to, bytes, until, taken)));
  }

  private void heard(LiveSound to, byte[] bytes, int until, CompletableFuture<Void> taken) {
    if (over) {
      taken.complete(null);
    } else if (!room.isDone()) {
      var _ = room.whenComplete((_, _) -> post(() -> heard(to, bytes, until, taken)));
    } else if (until < bytes.length) {
      hear(to, bytes, until, taken);
    } else {
      busy = false;
      taken.complete(null);
      next();
    }
  }

  private void update(LiveSound to, Scribe writing, Brought.Update update) {
    try {
      Optional<TurnSettings> turns = update.turns().map(LiveTurns::effective);
      turns.ifPresent(t -> to.change(LiveTurns.uncut(t.speech())));
      writing.update(update.phrases(), update.languages(), turns);
    } catch (RuntimeException e) {
      broken(e);
    }
  }

  private void finish(LiveSound to, Scribe writing) {
    if (anyBytes) {
      to.finish();
    } else {
      // No sound at all is no broken file: nothing was said.
      to.close();
      writing.finish();
    }
  }

  // The sound, from other threads.

  private final class Listening implements SampleListener {

    @Override
    public CompletableFuture<Void> samples(short[] samples) {
      post(() -> with(writing -> writing.samples(samples)));
      return room;
    }

    @Override
    public void decided(long until, float probability) {
      post(() -> with(writing -> writing.decided(until, probability)));
    }

    @Override
    public void heard(SpeechMoment moment) {
      post(() -> with(writing -> writing.moment(moment)));
    }

    @Override
    public void finished() {
      post(() -> with(Scribe::finish));
    }

    @Override
    public void failed(Throwable failure) {
      post(() -> broken(failure));
    }
  }

  private void with(Consumer<Scribe> step) {
    Scribe writing = scribe;
    if (writing != null && !over) {
      step.accept(writing);
      look();
    }
  }

  /** Looks whether more sound may come. */
  private void look() {
    Scribe writing = scribe;
    boolean full = !over && writing != null && writing.isFull();
    CompletableFuture<Void> before = room;
    if (full && before.isDone()) {
      room = new CompletableFuture<>();
    } else if (!full) {
      before.complete(null);
    }
  }

  private void broken(Throwable failure) {
    Scribe writing = scribe;
    if (writing != null && !over) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      writing.broken(cause);
    }
  }

  /** Nothing more will be told. */
  private void leave() {
    over = true;
    if (scribe != null) {
      scribe.close();
    }
    if (sound != null) {
      sound.close();
    }
    for (Brought left : brought) {
      if (left instanceof Brought.Bytes(_, CompletableFuture<Void> taken)) {
        taken.complete(null);
      }
    }
    brought.clear();
    room.complete(null);
  }

  private void post(Runnable step) {
    try {
      loop.execute(() -> guarded(step));
    } catch (RejectedExecutionException _) {
      // The loop has stopped, and with it the caller's connection: nobody listens any more.
    }
  }

  /** Whatever goes wrong in a step ends the stream with a word, instead of leaving it open. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError e) {
      broken(e);
    }
  }
}
