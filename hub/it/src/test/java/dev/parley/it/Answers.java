package dev.parley.it;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Observers that turn what a stub tells them into futures. */
final class Answers {

  private Answers() {}

  /** The one message of an answer. */
  static <T> StreamObserver<T> one(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      private @Nullable T last;

      @Override
      public void onNext(T message) {
        last = message;
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        answer.complete(last);
      }
    };
  }

  /** All messages, which stand in {@code into} as they come, and the end. */
  static <T> StreamObserver<T> all(List<T> into, CompletableFuture<Void> end) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T message) {
        into.add(message);
      }

      @Override
      public void onError(Throwable failure) {
        end.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        end.complete(null);
      }
    };
  }
}
