package dev.parley.hub.fake;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.hub.speech.LiveSpoken;
import dev.parley.hub.speech.LiveText;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.Spoken;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Speaks what a test tells it to, no faster than it is asked. */
public final class FakeSynthesis implements Synthesis {

  /** What a call came with, and the way to answer it. */
  public static final class Call implements Flow.Publisher<SpokenEvent>, Flow.Subscription {
    private final SpeechOrder order;
    private final @Nullable SpeechText text;
    private final Duration patience;
    private final ScheduledExecutorService loop;
    private final CallRecord record;
    private final Queue<SpokenEvent> events = new ArrayDeque<>();
    private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> fate = new LinkedBlockingQueue<>();
    private final AtomicBoolean filling = new AtomicBoolean();
    private final AtomicBoolean full = new AtomicBoolean();
    private Flow.@Nullable Subscriber<? super SpokenEvent> caller;
    private @Nullable Throwable failure;
    private @Nullable Runnable room;
    private long demand;
    private boolean complete;
    private boolean over;

    Call(
        SpeechOrder order,
        @Nullable SpeechText text,
        Duration patience,
        ScheduledExecutorService loop) {
      this.order = order;
      this.text = text;
      this.patience = patience;
      this.loop = loop;
      record =
          new CallRecord(
              new CallFacts(order.requestId(), "speech", order.model(), true, Caller.ANYONE), 0);
      record.attempt(new Target("b", "m"), 1_000_000);
      record.firstByte(5_000_000);
    }

    public SpeechOrder order() {
      return order;
    }

    public @Nullable SpeechText text() {
      return text;
    }

    public Duration patience() {
      return patience;
    }

    /** What the caller did with its text next. */
    public String written() throws InterruptedException {
      return String.valueOf(written.poll(10, TimeUnit.SECONDS));
    }

    /** Whether anything more was written, so far. */
    public boolean isQuiet() {
      return written.isEmpty();
    }

    /** How the caller ended it: {@code cancelled}. */
    public String fate() throws InterruptedException {
      return String.valueOf(fate.poll(10, TimeUnit.SECONDS));
    }

    public Call says(SpokenEvent event) {
      loop.execute(() -> {
        events.add(event);
        drain();
      });
      return this;
    }

    /** Begins headerless sound at 24 kHz. */
    public Call begins() {
      return says(
          new SpokenEvent.Begun(
              AudioFormat.of(AudioEncoding.PCM_S16LE, 24_000, 1), "Zoë", "mixed"));
    }

    public Call sounds(byte... bytes) {
      return says(new SpokenEvent.Sound(0, bytes, 0));
    }

    public Call ends(int segment, SpokenEvent.Ended.Reason reason) {
      return says(
          new SpokenEvent.Ended(segment, reason, 40, Optional.of(new SpeechUsage(3, 5, 8))));
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

    /** With the next text there is no room for more. */
    public void fillsWithText() {
      filling.set(true);
    }

    public void hasRoom() {
      loop.execute(() -> {
        full.set(false);
        Runnable waiting = room;
        room = null;
        if (waiting != null) {
          waiting.run();
        }
      });
    }

    @Override
    public void subscribe(Flow.Subscriber<? super SpokenEvent> subscriber) {
      caller = subscriber;
      subscriber.onSubscribe(this);
    }

    @Override
    public void request(long count) {
      loop.execute(() -> {
        demand += count;
        drain();
      });
    }

    @Override
    public void cancel() {
      over = true;
      fate.add("cancelled");
    }

    private void drain() {
      Flow.Subscriber<? super SpokenEvent> to = caller;
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

    private final class Text implements LiveText {
      @Override
      public void add(String text) {
        full.set(filling.getAndSet(false));
        written.add("add " + text);
      }

      @Override
      public void flush() {
        written.add("flush");
      }

      @Override
      public void cancel() {
        written.add("cancel");
      }

      @Override
      public void end() {
        written.add("end");
      }

      @Override
      public boolean isFull() {
        return full.get();
      }

      @Override
      public void onRoom(Runnable callback) {
        room = callback;
      }
    }
  }

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

  /** The next call that came. */
  public Call call() throws InterruptedException {
    Call call = calls.poll(10, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no call came");
    }
    return call;
  }

  /** Whether no call came, so far. */
  public boolean isQuiet() {
    return calls.isEmpty();
  }

  @Override
  public Spoken speak(
      SpeechOrder order, SpeechText text, ScheduledExecutorService loop, Duration patience) {
    Call call = new Call(order, text, patience, loop);
    calls.add(call);
    return new Spoken(call, call.record);
  }

  @Override
  public LiveSpoken speakLive(SpeechOrder order, ScheduledExecutorService loop, Duration patience) {
    Call call = new Call(order, null, patience, loop);
    calls.add(call);
    return new LiveSpoken(new Spoken(call, call.record), call.new Text());
  }
}
