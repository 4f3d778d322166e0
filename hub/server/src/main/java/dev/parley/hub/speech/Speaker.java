package dev.parley.hub.speech;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.core.time.Clock;
import dev.parley.hub.media.Joint;
import dev.parley.hub.media.Piece;
import dev.parley.hub.media.UnreadableSoundException;
import dev.parley.hub.media.VoicedStream;
import dev.parley.hub.media.Voicing;
import dev.parley.hub.resilience.Series;
import dev.parley.hub.resilience.Turn;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One synthesis while it runs: takes what the pieces of the text give, in order, makes one sound of
 * it, and hands that on as fast as the caller takes it. Belongs to the caller's event loop.
 */
final class Speaker implements Flow.Subscription, Flow.Subscriber<Part> {

  /** Events of one piece that wait for their turn behind its gate. */
  private static final int EVENTS_HELD_MAX = 64;

  /** A caller who is so far behind is waited for. */
  private static final int UNSENT_MAX = 16;

  /** What the speaker needs, ready to be used. */
  record Parts(
      Script script,
      BiFunction<Unit.Piece, Turn, Flow.Publisher<Part>> execution,
      int aheadMax,
      VoicedStream voiced) {}

  private final Flow.Subscriber<? super SpokenEvent> subscriber;
  private final CallRecord record;
  private final Clock clock;
  private final ArrayDeque<SpokenEvent> unsent = new ArrayDeque<>();
  private @Nullable Parts parts;
  private Flow.@Nullable Subscription upstream;
  private Runnable atTheEnd = () -> {};
  private long demand;
  private boolean draining;

  /** Counts cancelled segments: what was begun before belongs to nobody. */
  private int generation;

  /** Whether a part was asked for and has not come. */
  private boolean asked;

  /** Whether a step of the sound is under way. */
  private boolean working;

  private boolean partsOver;
  private boolean over;
  private @Nullable Throwable failure;
  private boolean complete;

  private boolean begun;
  private String voice = "";
  private String blend = "";
  private int segment;
  private int segmentsEnded;
  private @Nullable SpeechUsage usage;
  private Unit.@Nullable Piece piece;
  private final List<SpeechMark> marked = new ArrayList<>();
  private Optional<AudioFormat> format = Optional.empty();

  /** Where the segment begins in the sound that the caller has, and how far he has come in it. */
  private long segmentStartMillis;

  private long segmentMillis;

  Speaker(Flow.Subscriber<? super SpokenEvent> subscriber, CallRecord record, Clock clock) {
    this.subscriber = subscriber;
    this.record = record;
    this.clock = clock;
  }

  /** Runs once, when the synthesis ends in whatever way. */
  void atTheEnd(Runnable ending) {
    if (over) {
      ending.run();
    } else {
      atTheEnd = ending;
    }
  }

  /** Introduces itself to the caller. */
  void open() {
    subscriber.onSubscribe(this);
  }

  boolean isOver() {
    return over;
  }

  /** Everything is known: begins. */
  void begin(Parts ready) {
    if (over) {
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
                  case Unit.End _ -> new Single(new Part.Done(unit));
                },
            ready.aheadMax(),
            EVENTS_HELD_MAX)
        .subscribe(this);
  }

  /** The synthesis failed before or outside of its pieces. */
  void fail(Throwable cause) {
    if (!over && failure == null) {
      failure = cause;
      letGoOfPieces();
      drain();
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
    if (over) {
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
    if (!begun) {
      voice = opened.voice();
      blend = opened.blend();
    }
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
            told.add(new SpokenEvent.Marks(ended.segment(), placed(marks, ended, voicing)));
          }
        },
        told);
  }

  private static List<SpeechMark> placed(List<SpeechMark> marks, Unit.Piece of, Voicing voicing) {
    List<SpeechMark> placed = new ArrayList<>(marks.size());
    for (SpeechMark mark : marks) {
      OptionalDouble start = voicing.secondsInSegment(mark.start());
      OptionalDouble end = voicing.secondsInSegment(mark.end());
      if (start.isPresent() && end.isPresent()) {
        placed.add(
            new SpeechMark(
                mark.kind(),
                mark.value(),
                start.getAsDouble(),
                end.getAsDouble(),
                of.start() + mark.textStart(),
                of.start() + mark.textEnd()));
      }
    }
    return placed;
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
      if (over || begunIn != generation) {
        return;
      }
      working = false;
      format = outcome.format();
      made(outcome.pieces(), after);
      if (outcome.failure().isPresent()) {
        fail(known(outcome.failure().get()));
        return;
      }
      drain();
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

  private void made(List<Piece> pieces, List<SpokenEvent> after) {
    for (Piece made : pieces) {
      unsent.add(new SpokenEvent.Sound(segment, made.data(), made.offsetMs()));
    }
    for (SpokenEvent event : after) {
      unsent.add(event);
      if (event instanceof SpokenEvent.Ended ended) {
        segment = ended.segment() + 1;
        segmentsEnded = segment;
      }
    }
  }

  /** Asks for the next part when this one is done and the caller keeps up. */
  private void more() {
    if (over || working || asked || failure != null) {
      return;
    }
    if (partsOver) {
      complete = true;
      drain();
    } else if (unsent.size() < UNSENT_MAX && upstream != null) {
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
    if (over || failure != null) {
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
                if (!over && begunIn == generation) {
                  afterCancel(ready, outcome);
                }
              });
    }
    if (isHeaderless()) {
      unsent.removeIf(event -> !(event instanceof SpokenEvent.Ended));
    }
    usage = null;
    for (int ended = segmentsEnded; ended <= last; ended++) {
      unsent.add(
          new SpokenEvent.Ended(
              ended, SpokenEvent.Ended.Reason.CANCELLED, segmentMillis, Optional.empty()));
      segmentMillis = 0;
    }
    segment = last + 1;
    segmentsEnded = segment;
    drain();
  }

  /** What is left of a stream of frames has to follow, or its reader stumbles. */
  private void afterCancel(Parts ready, VoicedStream.Outcome outcome) {
    if (outcome.failure().isPresent()) {
      fail(known(outcome.failure().get()));
      return;
    }
    if (!isHeaderless()) {
      made(outcome.pieces(), List.of());
    }
    working = false;
    drain();
    listen(ready);
  }

  private boolean isHeaderless() {
    return format.flatMap(AudioFormat::encoding).stream().allMatch(AudioEncoding::isHeaderless);
  }

  private void letGoOfPieces() {
    Flow.Subscription from = upstream;
    upstream = null;
    asked = false;
    if (from != null) {
      from.cancel();
    }
  }

  // The caller.

  @Override
  public void request(long n) {
    if (n <= 0) {
      fail(new IllegalArgumentException("request(" + n + ") (expected: more than 0)"));
      return;
    }
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    drain();
    more();
  }

  @Override
  public void cancel() {
    if (!over) {
      end();
    }
  }

  private void drain() {
    if (draining || over) {
      return;
    }
    draining = true;
    try {
      while (!over && demand > 0 && !unsent.isEmpty()) {
        handOn();
      }
    } finally {
      draining = false;
    }
    if (over || !unsent.isEmpty()) {
      return;
    }
    Throwable cause = failure;
    if (cause != null) {
      end();
      subscriber.onError(begun ? afterOutput(cause) : cause);
    } else if (complete) {
      end();
      subscriber.onComplete();
    }
  }

  private void handOn() {
    if (!begun && unsent.peek() instanceof SpokenEvent.Sound) {
      begun = true;
      tell(new SpokenEvent.Begun(format.orElseThrow(), voice, blend));
      return;
    }
    SpokenEvent event = unsent.remove();
    switch (event) {
      case SpokenEvent.Sound(_, _, long offset) -> {
        record.firstByte(clock.nanoTime());
        record.events(1);
        segmentMillis = Math.max(0, offset - segmentStartMillis);
      }
      case SpokenEvent.Ended(_, _, long millis, _) -> {
        segmentStartMillis += millis;
        record.audioMillis(segmentStartMillis);
      }
      case SpokenEvent.Begun _, SpokenEvent.Marks _ -> {}
    }
    tell(event);
  }

  private void tell(SpokenEvent event) {
    if (demand != Long.MAX_VALUE) {
      demand--;
    }
    subscriber.onNext(event);
  }

  /** Output has left: whoever repeats the call hears it twice. */
  private static Throwable afterOutput(Throwable failure) {
    return failure instanceof HubException known
            && known.error() instanceof HubError.BackendFailed failed
        ? new HubException(
            new HubError.BackendFailed(
                failed.target(), failed.upstreamStatus(), failed.detail(), HubError.Reached.CALLER),
            failure)
        : failure;
  }

  private void end() {
    over = true;
    letGoOfPieces();
    unsent.clear();
    Parts ready = parts;
    if (ready != null) {
      ready.voiced().close();
    }
    atTheEnd.run();
  }

  /** One part and the end. */
  private record Single(Part part) implements Flow.Publisher<Part> {

    @Override
    public void subscribe(Flow.Subscriber<? super Part> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private boolean over;

            @Override
            public void request(long n) {
              if (!over) {
                over = true;
                subscriber.onNext(part);
                subscriber.onComplete();
              }
            }

            @Override
            public void cancel() {
              over = true;
            }
          });
    }
  }
}
