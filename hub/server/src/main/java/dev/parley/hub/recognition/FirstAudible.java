package dev.parley.hub.recognition;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Of the clips of a sound only the first in which there is something to be heard. */
record FirstAudible(ChannelPieces clips) implements Flow.Publisher<ChannelPiece> {

  @Override
  public void subscribe(Flow.Subscriber<? super ChannelPiece> subscriber) {
    clips.subscribe(
        new Flow.Subscriber<>() {
          private Flow.@Nullable Subscription upstream;
          private boolean over;

          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ChannelPiece clip) {
            Flow.Subscription from = upstream;
            if (over || from == null) {
              return;
            }
            if (clip.piece().silent()) {
              from.request(1);
              return;
            }
            over = true;
            from.cancel();
            subscriber.onNext(clip);
            subscriber.onComplete();
          }

          @Override
          public void onError(Throwable failure) {
            if (!over) {
              subscriber.onError(failure);
            }
          }

          @Override
          public void onComplete() {
            if (!over) {
              subscriber.onComplete();
            }
          }
        });
  }
}
