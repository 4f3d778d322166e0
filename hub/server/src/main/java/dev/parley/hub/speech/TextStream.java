package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechText;
import dev.parley.hub.speech.text.Cut;
import dev.parley.hub.speech.text.TextCutter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a text that is still being written. What is written before it is known where it
 * goes waits. Belongs to one event loop.
 */
final class TextStream implements Script, LiveText {

  /** So much unspoken text makes the writer wait. */
  private static final int WAITING_CHARS_MAX = 16_384;

  private static final int WAITING_CHARS_LOW = WAITING_CHARS_MAX / 2;

  /** Hears what the writer says besides text. */
  interface Listener {

    /** So many characters more are to be spoken. */
    void written(int characters);

    /** The segments up to this one are not wanted any more. */
    void cancelled(int last);
  }

  private final ScheduledExecutorService loop;
  private final long delayMillis;
  private final Listener listener;
  private final ArrayDeque<Unit> waiting = new ArrayDeque<>();
  private final ArrayDeque<Runnable> earlyWords = new ArrayDeque<>();
  private @Nullable Cutting cutting;
  private @Nullable TextCutter cutter;
  private @Nullable ScheduledFuture<?> hurry;
  private @Nullable Run run;
  private @Nullable Runnable room;
  private int queuedChars;
  private int earlyChars;
  private int segment;
  private boolean segmentHasText;
  private int pauseMs;
  private boolean segmentHasPiece;
  private boolean over;

  /**
   * @param delayMillis how long the writer may pause before what is there is spoken
   */
  TextStream(ScheduledExecutorService loop, long delayMillis, Listener listener) {
    this.loop = loop;
    this.delayMillis = delayMillis;
    this.listener = listener;
  }

  @Override
  public void planned(Cutting how) {
    cutting = how;
    earlyChars = 0;
    while (!earlyWords.isEmpty()) {
      earlyWords.remove().run();
    }
  }

  // The writer.

  @Override
  public void add(String text) {
    if (over || text.isEmpty()) {
      return;
    }
    listener.written(text.length());
    if (cutting == null) {
      earlyChars += text.length();
    }
    sayOrKeep(() -> cut(text));
  }

  private void cut(String text) {
    segmentHasText = true;
    give(cutter().add(text));
    unhurry();
    if (cutter().pendingCharacters() > 0) {
      hurry = loop.schedule(this::writerPauses, delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private void writerPauses() {
    hurry = null;
    if (!over) {
      give(cutter().hurry());
    }
  }

  private void unhurry() {
    if (hurry != null) {
      hurry.cancel(false);
      hurry = null;
    }
  }

  private TextCutter cutter() {
    TextCutter current = cutter;
    if (current == null) {
      Cutting how = cutting;
      if (how == null) {
        throw new IllegalStateException("cut before it is known how");
      }
      current = new TextCutter(how.language(), how.charactersMax(), true);
      cutter = current;
    }
    return current;
  }

  @Override
  public void flush() {
    if (!over) {
      sayOrKeep(() -> endSegment(false));
    }
  }

  private void endSegment(boolean last) {
    unhurry();
    give(cutter().finish());
    cutter = null;
    waiting.add(new Unit.End(segment, last));
    segment++;
    segmentHasText = false;
    segmentHasPiece = false;
    handOn();
  }

  @Override
  public void cancel() {
    if (over) {
      return;
    }
    unhurry();
    earlyWords.clear();
    waiting.clear();
    queuedChars = 0;
    earlyChars = 0;
    cutter = null;
    int last = segment;
    segment++;
    segmentHasText = false;
    segmentHasPiece = false;
    listener.cancelled(last);
    tellOfRoom();
  }

  @Override
  public void end() {
    if (!over) {
      sayOrKeep(() -> {
        if (segmentHasText) {
          endSegment(true);
        }
        over = true;
        unhurry();
        handOn();
      });
    }
  }

  private void sayOrKeep(Runnable words) {
    if (cutting == null) {
      earlyWords.add(words);
    } else {
      words.run();
    }
  }

  @Override
  public boolean isFull() {
    return waitingChars() >= WAITING_CHARS_MAX;
  }

  private int waitingChars() {
    return queuedChars + earlyChars + (cutter == null ? 0 : cutter.pendingCharacters());
  }

  @Override
  public void onRoom(Runnable callback) {
    room = callback;
    tellOfRoom();
  }

  private void tellOfRoom() {
    Runnable callback = room;
    if (callback != null && waitingChars() <= WAITING_CHARS_LOW) {
      room = null;
      loop.execute(callback);
    }
  }

  // The speaker.

  private void give(List<Cut> cuts) {
    for (Cut cut : cuts) {
      waiting.add(
          new Unit.Piece(
              segment,
              new SpeechText.Plain(cut.text()),
              cut.start(),
              true,
              segmentHasPiece ? pauseMs : 0));
      queuedChars += cut.text().length();
      segmentHasPiece = true;
      pauseMs = Pauses.millis(cut.pause());
    }
    handOn();
  }

  private void handOn() {
    Run to = run;
    if (to != null) {
      to.give();
    }
  }

  /** Whoever subscribes takes the place of the one before. */
  @Override
  public void subscribe(Flow.Subscriber<? super Unit> subscriber) {
    Run next = new Run(subscriber);
    run = next;
    subscriber.onSubscribe(next);
  }

  private final class Run implements Flow.Subscription {

    private final Flow.Subscriber<? super Unit> subscriber;
    private long demand;
    private boolean giving;
    private boolean done;

    Run(Flow.Subscriber<? super Unit> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      give();
    }

    void give() {
      if (giving) {
        return;
      }
      giving = true;
      while (!done && demand > 0 && !waiting.isEmpty()) {
        demand--;
        Unit unit = waiting.remove();
        if (unit instanceof Unit.Piece piece) {
          queuedChars -= piece.text().text().length();
        }
        subscriber.onNext(unit);
        tellOfRoom();
      }
      giving = false;
      if (!done && over && waiting.isEmpty()) {
        done = true;
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {
      done = true;
      if (run == this) {
        run = null;
      }
    }
  }
}
