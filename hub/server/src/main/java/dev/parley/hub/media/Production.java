package dev.parley.hub.media;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Encoded sound that is made while it is taken: a piece for each one asked for, none ahead. For one
 * subscriber, who is told on threads of the workers, one signal after the other. Whoever does not
 * subscribe must {@link #discard} it.
 */
public final class Production<P> implements Flow.Publisher<P> {

  /** Pieces in one go, before others have their turn. */
  private static final int PIECES_IN_A_STEP = 4;

  private final Place place;
  private final PieceSource<P> source;
  private Flow.@Nullable Subscriber<? super P> subscriber;
  private long wanted;
  private boolean working;
  private boolean cancelled;
  private boolean over;

  Production(Place place, PieceSource<P> source) {
    this.place = place;
    this.source = source;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super P> taker) {
    synchronized (this) {
      if (subscriber != null) {
        throw new IllegalStateException("taken already");
      }
      subscriber = taker;
    }
    taker.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long pieces) {
            want(pieces);
          }

          @Override
          public void cancel() {
            discard();
          }
        });
  }

  private void want(long pieces) {
    synchronized (this) {
      if (over || cancelled) {
        return;
      }
      wanted = Math.max(0, pieces) > Long.MAX_VALUE - wanted ? Long.MAX_VALUE : wanted + pieces;
      if (working || wanted <= 0) {
        return;
      }
      working = true;
    }
    next();
  }

  /** Nobody takes it, or no more of it; harmless when repeated. */
  public void discard() {
    synchronized (this) {
      if (over || cancelled) {
        return;
      }
      cancelled = true;
      if (working) {
        return;
      }
      working = true;
    }
    next();
  }

  private void next() {
    try {
      place.run(this::step);
    } catch (RuntimeException e) {
      end(e);
    }
  }

  private void step() {
    for (int i = 0; i < PIECES_IN_A_STEP; i++) {
      synchronized (this) {
        if (!cancelled && wanted == 0) {
          working = false;
          return;
        }
      }
      if (isCancelled()) {
        end(null);
        return;
      }
      P piece;
      try {
        if (!source.advance()) {
          break;
        }
        piece = source.next();
      } catch (Exception | LinkageError e) {
        end(e);
        return;
      }
      if (piece == null) {
        end(null);
        return;
      }
      synchronized (this) {
        wanted--;
      }
      taker().onNext(piece);
    }
    next();
  }

  private void end(@Nullable Throwable failure) {
    boolean tell;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      tell = !cancelled;
    }
    try {
      source.close();
    } finally {
      place.close();
    }
    if (tell) {
      if (failure == null) {
        taker().onComplete();
      } else {
        taker().onError(Failures.known(failure));
      }
    }
  }

  private synchronized boolean isCancelled() {
    return cancelled;
  }

  private synchronized Flow.Subscriber<? super P> taker() {
    Flow.Subscriber<? super P> taker = subscriber;
    if (taker == null) {
      throw new IllegalStateException("asked for by nobody");
    }
    return taker;
  }
}
