package dev.parley.hub.limits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What one call takes of several buckets: all of it or nothing. Belongs to one call. */
final class Claims {

  private static final CompletableFuture<Verdict> GRANTED =
      CompletableFuture.completedFuture(new Verdict.Granted());

  /** Whether it was all there. */
  sealed interface Verdict {
    /** It was, and is taken. */
    record Granted() implements Verdict {}

    /** This bucket did not have as much; nothing is taken. */
    record Refused(MeterSpec spec, long tokens, Taken.Refused why) implements Verdict {}

    /** This bucket will never have as much at once; nothing is taken. */
    record TooMuch(MeterSpec spec, long tokens) implements Verdict {}
  }

  private Meter[] meters = new Meter[8];
  private long[] tokens = new long[8];
  private int size;

  /**
   * Adds a bucket, if there is one; 0 tokens are not taken, and what is used of it is all the same.
   */
  void add(@Nullable Meter meter, long more) {
    if (meter == null) {
      return;
    }
    if (size == meters.length) {
      meters = Arrays.copyOf(meters, size * 2);
      tokens = Arrays.copyOf(tokens, size * 2);
    }
    meters[size] = meter;
    tokens[size++] = more;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes everything. Fails only where a bucket does; then nothing stays taken. */
  @SuppressWarnings("ReferenceEquality") // The one future that is always given at once.
  CompletableFuture<Verdict> take() {
    for (int i = 0; i < size; i++) {
      if (tokens[i] > meters[i].spec().mostAtOnce()) {
        return CompletableFuture.completedFuture(new Verdict.TooMuch(meters[i].spec(), tokens[i]));
      }
    }
    List<CompletableFuture<Taken>> asked = null;
    for (int i = 0; i < size; i++) {
      if (tokens[i] == 0) {
        continue;
      }
      CompletableFuture<Taken> taking = meters[i].take(tokens[i]);
      if (asked == null && taking == Taken.GIVEN_NOW) {
        continue;
      }
      if (asked == null && taking.isDone() && !taking.isCompletedExceptionally()) {
        if (taking.join() instanceof Taken.Refused why) {
          giveBack(i);
          return CompletableFuture.completedFuture(
              new Verdict.Refused(meters[i].spec(), tokens[i], why));
        }
        continue;
      }
      if (asked == null) {
        asked = given(i);
      }
      asked.add(taking);
    }
    return asked == null ? GRANTED : all(asked);
  }

  /** What was asked for before the bucket at {@code end}, all of which was there. */
  private List<CompletableFuture<Taken>> given(int end) {
    List<CompletableFuture<Taken>> given = new ArrayList<>(size);
    for (int i = 0; i < end; i++) {
      if (tokens[i] != 0) {
        given.add(Taken.GIVEN_NOW);
      }
    }
    return given;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // The inner one is what thenCompose waits for.
  private CompletableFuture<Verdict> all(List<CompletableFuture<Taken>> asked) {
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .handle((_, failure) -> {
          Verdict verdict = verdict(asked);
          if (failure == null && verdict instanceof Verdict.Granted) {
            return CompletableFuture.completedFuture(verdict);
          }
          undo(asked);
          return failure == null
              ? CompletableFuture.completedFuture(verdict)
              : CompletableFuture.<Verdict>failedFuture(failure);
        })
        .thenCompose(it -> it);
  }

  private Verdict verdict(List<CompletableFuture<Taken>> asked) {
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (tokens[i] != 0) {
        CompletableFuture<Taken> taking = asked.get(at++);
        if (!taking.isCompletedExceptionally() && taking.join() instanceof Taken.Refused why) {
          return new Verdict.Refused(meters[i].spec(), tokens[i], why);
        }
      }
    }
    return new Verdict.Granted();
  }

  private void undo(List<CompletableFuture<Taken>> asked) {
    int at = 0;
    for (int i = 0; i < size; i++) {
      if (tokens[i] != 0) {
        CompletableFuture<Taken> taking = asked.get(at++);
        if (!taking.isCompletedExceptionally() && taking.join() instanceof Taken.Given) {
          meters[i].adjust(-tokens[i]);
        }
      }
    }
  }

  /** Gives back all that was taken. */
  void giveBack() {
    giveBack(size);
  }

  private void giveBack(int end) {
    for (int i = 0; i < end; i++) {
      if (tokens[i] != 0) {
        meters[i].adjust(-tokens[i]);
      }
    }
  }

  /** Makes what is taken what was used; a request stays one. */
  void settle(Demand used) {
    for (int i = 0; i < size; i++) {
      Counted counted = meters[i].spec().counted();
      if (counted != Counted.REQUESTS) {
        meters[i].settle(tokens[i], counted.used(used));
      }
    }
  }
}
