package dev.parley.hub.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.parley.core.model.Target;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.CacheConfig;
import dev.parley.hub.flow.After;
import dev.parley.hub.flow.Later;
import dev.parley.hub.flow.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whole answers, bounded in bytes and age, and lets those who ask the same at the same time
 * wait for the one call that is on its way. An answer that failed, broke off or is too large is not
 * kept; whoever waited for it asks for himself. Thread-safe; every call stays on its event loop.
 */
public final class AnswerCache {

  private static final long ENTRY_OVERHEAD = 256;

  /** Who waited in vain twice does not wait again. */
  private static final int WAITS_MAX = 2;

  private record Kept(List<?> events, long bytes, @Nullable Target target, long ageNanos) {}

  private final Cache<CacheKey, Kept> kept;
  private final ConcurrentHashMap<CacheKey, CompletableFuture<Optional<Kept>>> flights =
      new ConcurrentHashMap<>();
  private final long entryBytesMax;

  public AnswerCache(CacheConfig config, Clock clock) {
    entryBytesMax = config.entryBytesMax();
    kept =
        Caffeine.newBuilder()
            .maximumWeight(config.bytesMax())
            .weigher((CacheKey _, Kept answer) -> (int) Math.min(answer.bytes(), 1 << 30))
            .expireAfter(Expiry.creating((CacheKey _, Kept answer) -> age(answer)))
            .ticker(clock::nanoTime)
            .executor(Runnable::run)
            .build();
  }

  private static Duration age(Kept answer) {
    return Duration.ofNanos(answer.ageNanos());
  }

  /** Forgets every answer: names may mean other models now. */
  public void clear() {
    kept.invalidateAll();
  }

  /** Bytes of the answers that are kept. */
  public long bytes() {
    return kept.policy().eviction().map(it -> it.weightedSize().orElse(0)).orElse(0L);
  }

  /** How many answers are kept. */
  public long size() {
    return kept.estimatedSize();
  }

  /** The answer that was given before, or the call, whose answer is kept then. */
  public <E> Flow.Publisher<E> around(Question<E> question, Flow.Publisher<E> call) {
    return subscriber -> begin(question, call, subscriber, 0);
  }

  private <E> void begin(
      Question<E> question,
      Flow.Publisher<E> call,
      Flow.Subscriber<? super E> subscriber,
      int waits) {
    switch (question.wish()) {
      case BYPASS -> {
        question.record().cache("bypass");
        call.subscribe(subscriber);
      }
      case REFRESH -> lead(question, call, subscriber, new CompletableFuture<>());
      case USE -> {
        Kept known = kept.getIfPresent(question.key());
        if (known != null) {
          replay(question, known, "hit", subscriber);
          return;
        }
        CompletableFuture<Optional<Kept>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<Kept>> others =
            waits < WAITS_MAX ? flights.putIfAbsent(question.key(), mine) : null;
        if (others == null) {
          lead(question, call, subscriber, mine);
        } else {
          new Waiting<>(question, call, subscriber, waits + 1).until(others);
        }
      }
    }
  }

  private <E> void lead(
      Question<E> question,
      Flow.Publisher<E> call,
      Flow.Subscriber<? super E> subscriber,
      CompletableFuture<Optional<Kept>> mine) {
    question.record().cache("miss");
    Keeping<E> keeping = new Keeping<>(question, subscriber, mine);
    try {
      call.subscribe(keeping);
    } catch (RuntimeException e) {
      keeping.end(Optional.empty());
      throw e;
    }
  }

  private <E> void replay(
      Question<E> question, Kept known, String how, Flow.Subscriber<? super E> subscriber) {
    question.record().cache(how);
    Target target = known.target();
    if (target != null) {
      question.record().serving(target);
    }
    subscriber.onSubscribe(new Replay<>(AnswerCache.<E>events(known), subscriber));
  }

  /** Keys name the kind of call, and all calls of a kind have the same events. */
  @SuppressWarnings("unchecked")
  private static <E> List<E> events(Kept known) {
    return (List<E>) known.events();
  }

  /** Passes an answer on and keeps a copy until it is known to be whole. */
  private final class Keeping<E> implements Flow.Subscriber<E>, Flow.Subscription {

    private final Question<E> question;
    private final Flow.Subscriber<? super E> subscriber;
    private final CompletableFuture<Optional<Kept>> mine;
    private final Later upstream = new Later();
    private List<E> copy = new ArrayList<>();
    private long bytes = ENTRY_OVERHEAD;
    private boolean over;

    Keeping(
        Question<E> question,
        Flow.Subscriber<? super E> subscriber,
        CompletableFuture<Optional<Kept>> mine) {
      this.question = question;
      this.subscriber = subscriber;
      this.mine = mine;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream.is(subscription);
      subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(E event) {
      if (!over) {
        E lean = question.lean().apply(event);
        bytes += question.bytes().applyAsLong(lean);
        if (bytes > entryBytesMax) {
          end(Optional.empty());
        } else {
          copy.add(lean);
        }
      }
      subscriber.onNext(event);
    }

    @Override
    public void onError(Throwable failure) {
      end(Optional.empty());
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      if (!over) {
        end(
            Optional.of(
                new Kept(
                    List.copyOf(copy),
                    bytes,
                    question.record().target(),
                    question.age().toNanos())));
      }
      subscriber.onComplete();
    }

    @Override
    public void request(long n) {
      upstream.request(n);
    }

    @Override
    public void cancel() {
      end(Optional.empty());
      upstream.cancel();
    }

    /** Once: what is known now is what those get who wait. */
    void end(Optional<Kept> answer) {
      if (over) {
        return;
      }
      over = true;
      copy = List.of();
      // Kept before the flight is over: whoever comes between finds the one or the other.
      answer.ifPresent(it -> kept.put(question.key(), it));
      flights.remove(question.key(), mine);
      mine.complete(answer);
    }
  }

  /** Waits for the answer to the same question of somebody else. */
  private final class Waiting<E> {

    private final Question<E> question;
    private final Flow.Publisher<E> call;
    private final Flow.Subscriber<? super E> subscriber;
    private final int waits;
    private final Later later = new Later();

    Waiting(
        Question<E> question,
        Flow.Publisher<E> call,
        Flow.Subscriber<? super E> subscriber,
        int waits) {
      this.question = question;
      this.call = call;
      this.subscriber = subscriber;
      this.waits = waits;
    }

    void until(CompletableFuture<Optional<Kept>> others) {
      subscriber.onSubscribe(later);
      var _ =
          others.whenComplete((answer, _) -> {
            try {
              question.loop().execute(() -> goOn(answer));
            } catch (RejectedExecutionException _) {
              // The loop has stopped, and with it the caller's connection.
            }
          });
    }

    private void goOn(Optional<Kept> answer) {
      if (later.isCancelled()) {
        return;
      }
      Flow.Subscriber<E> after = new After<>(later, subscriber);
      try {
        if (answer.isPresent()) {
          replay(question, answer.get(), "joined", after);
        } else {
          begin(question, call, after, waits);
        }
      } catch (RuntimeException e) {
        subscriber.onError(e);
      }
    }
  }
}
