package dev.parley.hub.speech;

import dev.parley.hub.resilience.Turn;
import java.util.ArrayDeque;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a text on its way to the caller. It is spoken ahead of its turn where the backend
 * has room, taken from the backend as fast as that gives it, and kept here until its turn comes; of
 * a backend that gives whole sounds only, until all of it is there. So whatever breaks before is
 * spoken anew, and nobody hears of it. Belongs to one event loop.
 */
final class Gate implements Flow.Publisher<Part> {

  /** More than this is not read ahead of a slow caller. */
  private static final long HELD_BYTES_MAX = 4L << 20;

  private static final int WINDOW = 32;

  private final Unit.Piece piece;
  private final Turn turn;
  private final BooleanSupplier roomAhead;
  private final Supplier<Flow.Publisher<UnitEvent>> execution;

  /**
   * @param roomAhead whether the backend has a place for work that nobody waits for yet
   * @param execution has the piece spoken; each call makes another try
   */
  Gate(
      Unit.Piece piece,
      Turn turn,
      BooleanSupplier roomAhead,
      Supplier<Flow.Publisher<UnitEvent>> execution) {
    this.piece = piece;
    this.turn = turn;
    this.roomAhead = roomAhead;
    this.execution = execution;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Part> subscriber) {
    Run run = new Run(subscriber);
    subscriber.onSubscribe(run);
    run.begin();
  }

  private final class Run implements Flow.Subscription {

    private final Flow.Subscriber<? super Part> subscriber;
    private final ArrayDeque<UnitEvent> held = new ArrayDeque<>();
    private @Nullable Try current;
    private long heldBytes;
    private long demand;

    /** Whether something of the piece has been handed on. */
    private boolean left;

    private boolean draining;
    private boolean over;

    Run(Flow.Subscriber<? super Part> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      if (turn.isNow() || roomAhead.getAsBoolean()) {
        tryIt();
      }
      turn.whenNow(this::turnCame);
    }

    private void turnCame() {
      if (over) {
        return;
      }
      Try running = current;
      if (running == null || running.failure != null) {
        // What failed while nobody waited for it gets its chance when somebody does.
        held.clear();
        heldBytes = 0;
        tryIt();
      } else {
        drain();
      }
    }

    private void tryIt() {
      Try next = new Try();
      current = next;
      execution.get().subscribe(next);
    }

    @Override
    public void request(long n) {
      demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
      drain();
    }

    @Override
    public void cancel() {
      if (!over) {
        over = true;
        held.clear();
        Try running = current;
        if (running != null) {
          running.cancel();
        }
      }
    }

    private void drain() {
      if (draining) {
        return;
      }
      draining = true;
      try {
        while (!over && demand > 0 && isOpen() && !held.isEmpty()) {
          handOn(held.remove());
        }
      } finally {
        draining = false;
      }
      Try running = current;
      if (over || running == null) {
        return;
      }
      if (held.isEmpty() && turn.isNow()) {
        if (running.failure != null) {
          over = true;
          subscriber.onError(running.failure);
          return;
        }
        if (running.complete && demand > 0) {
          over = true;
          subscriber.onNext(new Part.Done(piece));
          subscriber.onComplete();
          return;
        }
      }
      running.more();
    }

    private boolean isOpen() {
      Try running = current;
      return turn.isNow() && running != null && (running.streams || running.isOver());
    }

    private void handOn(UnitEvent event) {
      if (demand != Long.MAX_VALUE) {
        demand--;
      }
      Part part =
          switch (event) {
            case UnitEvent.Opened(var format, var speed, var voice, var blend, var streams, _) ->
                new Part.Begins(
                    piece, new UnitEvent.Opened(format, speed, voice, blend, streams, left));
            case UnitEvent.Sound(var bytes) -> {
              heldBytes -= bytes.length;
              yield new Part.Sound(bytes);
            }
            case UnitEvent.Marks(var marks) -> new Part.Marks(marks);
            case UnitEvent.Counted(var usage) -> new Part.Counted(usage);
          };
      left = true;
      subscriber.onNext(part);
    }

    /** One execution, which may itself change from a target to another. */
    private final class Try implements Flow.Subscriber<UnitEvent> {

      private Flow.@Nullable Subscription upstream;
      private int asked;
      private boolean streams;
      private boolean complete;
      private @Nullable Throwable failure;

      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        if (over) {
          subscription.cancel();
        } else {
          more();
        }
      }

      void more() {
        Flow.Subscription from = upstream;
        if (from != null && !isOver() && asked <= WINDOW / 2 && heldBytes < HELD_BYTES_MAX) {
          int n = WINDOW - asked;
          asked += n;
          from.request(n);
        }
      }

      boolean isOver() {
        return complete || failure != null;
      }

      void cancel() {
        if (upstream != null && !isOver()) {
          upstream.cancel();
        }
      }

      @Override
      public void onNext(UnitEvent event) {
        if (over) {
          return;
        }
        asked--;
        if (event instanceof UnitEvent.Opened opened) {
          // Whatever is still here of an attempt before is spoken again.
          held.clear();
          heldBytes = 0;
          streams = opened.streams();
        } else if (event instanceof UnitEvent.Sound(var bytes)) {
          heldBytes += bytes.length;
        }
        held.add(event);
        drain();
      }

      @Override
      public void onError(Throwable cause) {
        failure = cause;
        if (!streams && !left) {
          // Half a sound that nobody has heard of is none.
          held.clear();
          heldBytes = 0;
        }
        drain();
      }

      @Override
      public void onComplete() {
        complete = true;
        drain();
      }
    }
  }
}
