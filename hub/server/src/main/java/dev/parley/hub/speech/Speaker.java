package dev.parley.hub.speech;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.model.TokenUsage;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.time.Clock;
import dev.parley.hub.flow.Single;
import dev.parley.hub.media.Joint;
import dev.parley.hub.media.UnreadableSoundException;
import dev.parley.hub.media.VoicedStream;
import dev.parley.hub.resilience.Series;
import dev.parley.hub.resilience.Turn;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One synthesis while it runs: takes what the pieces of the text give, in order, makes one sound of
 * it, and hands that on as fast as the caller takes it. Belongs to the caller's event loop.
 */
final class Speaker implements Flow.Subscriber<Part>, SpokenOutlet.Source {

  /** Events of one piece that wait for their turn behind its gate. */
  private static final int EVENTS_HELD_MAX = 64;

  /** What the speaker needs, ready to be used. */
  record Parts(
      Script script,
      BiFunction<Unit.Piece, Turn, Flow.Publisher<Part>> execution,
      int aheadMax,
      VoicedStream voiced) {}

  private final SpokenOutlet outlet;
  private final CallRecord record;
  private @Nullable Parts parts;
  private Flow.@Nullable Subscription upstream;
  private Runnable atTheEnd = () -> {};

  /** Counts cancelled segments: what was begun before belongs to nobody. */
  private int generation;

  /** Whether a part was asked for and has not come. */
  private boolean asked;

  /** Whether a step of the sound is under way. */
  private boolean working;

  private boolean partsOver;

  /** What was counted in the segment. */
  private @Nullable SpeechUsage usage;

  /** What was counted in all segments. */
  private SpeechUsage all = new SpeechUsage(0, 0, 0);

  private Unit.@Nullable Piece piece;
  private final List<SpeechMark> marked = new ArrayList<>();

  Speaker(Flow.Subscriber<? super SpokenEvent> subscriber, CallRecord record, Clock clock) {
    this.outlet = new SpokenOutlet(subscriber, record, clock, this);
    this.record = record;
  }

  /** Runs once, when the synthesis ends in whatever way. */
  void atTheEnd(Runnable ending) {
    if (outlet.isOver()) {
      ending.run();
    } else {
      atTheEnd = ending;
    }
  }

  /** Introduces itself to the caller. */
  void open() {
    outlet.open();
  }

  boolean isOver() {
    return outlet.isOver();
  }

  /** Everything is known: begins. */
  void begin(Parts ready) {
    if (outlet.isOver()) {
      ready.voiced().close();
      return;
    }
    parts = ready;
    listen(ready);
  }

  private void listen(Parts ready) {
    partsOver = false;
    new Series<Unit, Part>(
            ready.script(),
            (unit, turn) ->
                switch (unit) {
                  case Unit.Piece next -> ready.execution().apply(next, turn);
                  case Unit.End _ -> new Single<>(new Part.Done(unit));
                },
            ready.aheadMax(),
            EVENTS_HELD_MAX)
        .subscribe(this);
  }

  /** The synthesis failed, or its caller asked for what cannot be. */
  @Override
  public void fail(Throwable cause) {
    if (!outlet.isOver() && !outlet.hasFailed()) {
      outlet.fail(cause);
      letGoOfPieces();
    }
  }

  // The pieces.

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    more();
  }

  @Override
  public void onNext(Part part) {
    if (outlet.isOver()) {
      return;
    }
    asked = false;
    switch (part) {
      case Part.Begins(var next, var opened) -> begins(next, opened);
      case Part.Sound(var bytes) -> sound(bytes);
      case Part.Marks(var marks) -> {
        marked.addAll(marks);
        more();
      }
      case Part.Counted(var counted) -> {
        usage = usage == null ? counted : usage.and(counted);
        all = all.and(counted);
        record.usage(
            new TokenUsage(
                all.inputTokens(), all.outputTokens(), all.totalTokens(), -1, -1, -1, -1));
        more();
      }
      case Part.Done(var unit) -> {
        switch (unit) {
          case Unit.Piece _ -> endPiece();
          case Unit.End(int ended, boolean last) -> endSegment(ended, last);
        }
      }
    }
  }

  private void begins(Unit.Piece next, UnitEvent.Opened opened) {
    piece = next;
    marked.clear();
    outlet.spokenBy(opened.voice(), opened.blend());
    if (opened.again()) {
      work(
          voicing -> {
            voicing.breakOff();
            voicing.resume(opened.format(), opened.speed());
          },
          List.of());
    } else {
      Joint joint = next.joined() ? Joint.joined(next.pauseMs()) : Joint.WHOLE;
      work(voicing -> voicing.begin(opened.format(), opened.speed(), joint), List.of());
    }
  }

  private void sound(byte[] bytes) {
    Parts ready = parts;
    if (ready != null) {
      working = true;
      ready.voiced().sound(bytes, taker(List.of()));
    }
  }

  /** Where in the segment the piece is, is known when all of it is there. */
  private void endPiece() {
    Unit.Piece ended = piece;
    List<SpeechMark> marks = List.copyOf(marked);
    marked.clear();
    List<SpokenEvent> told = new ArrayList<>(1);
    work(
        voicing -> {
          voicing.end();
          if (!marks.isEmpty() && ended != null) {
            told.add(
                new SpokenEvent.Marks(
                    ended.segment(), PieceMarks.placed(marks, ended, voicing::secondsInSegment)));
          }
        },
        told);
  }

  private void endSegment(int ended, boolean last) {
    List<SpokenEvent> told = new ArrayList<>(1);
    Optional<SpeechUsage> counted = Optional.ofNullable(usage);
    usage = null;
    work(
        voicing -> {
          long millis = Math.round(voicing.segmentSeconds() * 1_000);
          if (last) {
            voicing.finish();
          } else {
            voicing.endSegment();
          }
          told.add(
              new SpokenEvent.Ended(ended, SpokenEvent.Ended.Reason.COMPLETED, millis, counted));
        },
        told);
  }

  /** A step of the sound; {@code after} follows what comes out of it. */
  private void work(VoicedStream.Step step, List<SpokenEvent> after) {
    Parts ready = parts;
    if (ready == null) {
      return;
    }
    working = true;
    ready.voiced().submit(step, taker(after));
  }

  private VoicedStream.Taker taker(List<SpokenEvent> after) {
    int begunIn = generation;
    return outcome -> {
      if (outlet.isOver() || begunIn != generation) {
        return;
      }
      working = false;
      outlet.format(outcome.format());
      outlet.made(outcome.pieces(), after);
      if (outcome.failure().isPresent()) {
        fail(known(outcome.failure().get()));
        return;
      }
      outlet.drain();
      more();
    };
  }

  private Throwable known(Throwable problem) {
    Target from = record.target();
    return problem instanceof UnreadableSoundException junk && from != null
        ? new HubException(
            new HubError.BackendFailed(
                from,
                OptionalInt.empty(),
                String.valueOf(junk.getMessage()),
                HubError.Reached.BACKEND),
            junk)
        : problem;
  }

  /** Asks for the next part when this one is done and the caller keeps up. */
  @Override
  public void more() {
    if (outlet.isOver() || outlet.hasFailed() || working || asked) {
      return;
    }
    if (partsOver) {
      outlet.complete();
    } else if (outlet.hasRoom() && upstream != null) {
      asked = true;
      upstream.request(1);
    }
  }

  @Override
  public void onError(Throwable cause) {
    fail(cause);
  }

  @Override
  public void onComplete() {
    partsOver = true;
    asked = false;
    more();
  }

  // The writer of a live text.

  /** Everything up to this segment is not wanted any more. */
  void cancelUpTo(int last) {
    if (outlet.isOver() || outlet.hasFailed()) {
      return;
    }
    generation++;
    letGoOfPieces();
    Parts ready = parts;
    if (ready != null) {
      working = true;
      int begunIn = generation;
      ready
          .voiced()
          .submit(
              voicing -> {
                voicing.breakOff();
                voicing.endSegment();
              },
              outcome -> {
                if (!outlet.isOver() && begunIn == generation) {
                  afterCancel(ready, outcome);
                }
              });
    }
    usage = null;
    outlet.cancelUpTo(last);
  }

  /** What is left of a stream of frames has to follow, or its reader stumbles. */
  private void afterCancel(Parts ready, VoicedStream.Outcome outcome) {
    if (outcome.failure().isPresent()) {
      fail(known(outcome.failure().get()));
      return;
    }
    if (!outlet.isHeaderless()) {
      outlet.made(outcome.pieces(), List.of());
    }
    working = false;
    outlet.drain();
    listen(ready);
  }

  private void letGoOfPieces() {
    Flow.Subscription from = upstream;
    upstream = null;
    asked = false;
    if (from != null) {
      from.cancel();
    }
  }

  @Override
  public void stop() {
    letGoOfPieces();
    Parts ready = parts;
    if (ready != null) {
      ready.voiced().close();
    }
    atTheEnd.run();
  }
}
