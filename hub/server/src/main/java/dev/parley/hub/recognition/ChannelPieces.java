package dev.parley.hub.recognition;

import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.media.SoundPieces;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The clips of a sound, one channel after the other, made while they are asked for. For one
 * subscriber, who is told on one event loop, where it is used, too.
 */
final class ChannelPieces implements Flow.Publisher<ChannelPiece>, Flow.Subscription {

  private final SoundPieces first;
  private final int channels;
  private final IntFunction<CompletableFuture<SoundPieces>> others;
  private final Executor loop;
  private Flow.@Nullable Subscriber<? super ChannelPiece> subscriber;
  private @Nullable SoundPieces reading;
  private Flow.@Nullable Subscription upstream;
  private int channel;
  private long demand;
  private boolean over;

  /**
   * @param first of channel 0, or of all together
   * @param channels how many are taken, one after the other
   * @param others opens the sound again for another channel
   */
  ChannelPieces(
      SoundPieces first,
      int channels,
      IntFunction<CompletableFuture<SoundPieces>> others,
      Executor loop) {
    this.first = first;
    this.channels = channels;
    this.others = others;
    this.loop = loop;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ChannelPiece> taker) {
    subscriber = taker;
    taker.onSubscribe(this);
    if (!over) {
      read(first);
    }
  }

  private void read(SoundPieces pieces) {
    if (over) {
      pieces.pieces().discard();
      return;
    }
    reading = pieces;
    pieces.pieces().subscribe(new Reading());
  }

  @Override
  public void request(long n) {
    demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
    if (upstream != null) {
      upstream.request(n);
    }
  }

  @Override
  public void cancel() {
    if (!over) {
      over = true;
      SoundPieces open = reading == null ? first : reading;
      open.pieces().discard();
    }
  }

  private void channelOver() {
    upstream = null;
    channel++;
    if (channel == channels) {
      over = true;
      taker().onComplete();
      return;
    }
    var _ =
        others
            .apply(channel)
            .whenCompleteAsync(
                (next, failure) -> {
                  if (failure != null) {
                    fail(failure);
                  } else {
                    read(next);
                  }
                },
                loop);
  }

  private void fail(Throwable failure) {
    if (!over) {
      over = true;
      taker()
          .onError(
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure);
    }
  }

  private Flow.Subscriber<? super ChannelPiece> taker() {
    Flow.Subscriber<? super ChannelPiece> taker = subscriber;
    if (taker == null) {
      throw new IllegalStateException("asked for by nobody");
    }
    return taker;
  }

  private void onLoop(Runnable signal) {
    try {
      loop.execute(() -> {
        if (!over) {
          signal.run();
        }
      });
    } catch (RejectedExecutionException _) {
      // The loop has stopped, and with it the caller's connection: nobody listens any more.
    }
  }

  /** Hears of one channel, on threads of the workers. */
  private final class Reading implements Flow.Subscriber<SoundPiece> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(SoundPiece piece) {
      onLoop(() -> {
        if (demand != Long.MAX_VALUE) {
          demand--;
        }
        taker().onNext(new ChannelPiece(channel, piece));
      });
    }

    @Override
    public void onError(Throwable failure) {
      onLoop(() -> fail(failure));
    }

    @Override
    public void onComplete() {
      onLoop(ChannelPieces.this::channelOver);
    }
  }
}
