package dev.parley.hub.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.model.CacheWish;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.hub.config.CacheConfig;
import dev.parley.hub.fake.FakeLoop;
import dev.parley.hub.flow.Replay;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswerCacheTest {

  private static final CacheKey KEY = new CacheKey("chat", "aa");
  private static final Target TARGET = new Target("b", "m");

  private final FakeLoop loop = new FakeLoop();
  private final AnswerCache cache = new AnswerCache(new CacheConfig(1 << 20, 1 << 10), loop);
  private int calls;

  /** A caller that asks for everything and notes what it gets. */
  private static final class Asker implements Flow.Subscriber<String> {

    private final CallRecord record =
        new CallRecord(new CallFacts("r", "chat", "m", false, Caller.ANYONE), 0);
    private final List<String> got = new ArrayList<>();
    private final long demand;
    private Flow.@Nullable Subscription subscription;
    private @Nullable Throwable failure;
    private boolean done;

    Asker(long demand) {
      this.demand = demand;
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
      subscription = made;
      made.request(demand);
    }

    void more(long n) {
      if (subscription != null) {
        subscription.request(n);
      }
    }

    void leave() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onNext(String event) {
      got.add(event);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void onComplete() {
      done = true;
    }
  }

  /** A backend that answers when told. */
  private final class Backend implements Flow.Publisher<String>, Flow.Subscription {

    private final Asker asker;
    private Flow.@Nullable Subscriber<? super String> subscriber;
    private boolean cancelled;

    Backend(Asker asker) {
      this.asker = asker;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super String> to) {
      calls++;
      subscriber = to;
      asker.record.serving(TARGET);
      to.onSubscribe(this);
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      cancelled = true;
    }

    void says(String... words) {
      for (String word : words) {
        if (subscriber != null) {
          subscriber.onNext(word);
        }
      }
    }

    void ends() {
      if (subscriber != null) {
        subscriber.onComplete();
      }
    }

    void fails() {
      if (subscriber != null) {
        subscriber.onError(new IllegalStateException("broken"));
      }
    }
  }

  private Backend ask(Asker asker, CacheWish wish) {
    Backend backend = new Backend(asker);
    Question<String> question =
        new Question<>(
            KEY,
            wish,
            Duration.ofMinutes(1),
            asker.record,
            loop,
            UnaryOperator.identity(),
            String::length);
    cache.around(question, backend).subscribe(asker);
    return backend;
  }

  private Asker answered(String... words) {
    Asker first = new Asker(Long.MAX_VALUE);
    Backend backend = ask(first, CacheWish.USE);
    backend.says(words);
    backend.ends();
    return first;
  }

  private Asker asked(CacheWish wish) {
    Asker asker = new Asker(Long.MAX_VALUE);
    ask(asker, wish);
    return asker;
  }

  @Test
  void givesTheSameAnswerAgainWithoutACall() {
    assertThat(answered("a", "b").record.cache()).isEqualTo("miss");
    Asker second = asked(CacheWish.USE);
    assertThat(second.got).containsExactly("a", "b");
    assertThat(second.done).isTrue();
    assertThat(second.record.cache()).isEqualTo("hit");
    assertThat(second.record.target()).isEqualTo(TARGET);
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void givesAKeptAnswerAtThePaceOfTheCaller() {
    answered("a", "b", "c");
    Asker slow = new Asker(1);
    ask(slow, CacheWish.USE);
    assertThat(slow.got).containsExactly("a");
    slow.more(2);
    assertThat(slow.got).containsExactly("a", "b", "c");
    assertThat(slow.done).isTrue();
  }

  @Test
  void forgetsWhatIsTooOld() {
    answered("a");
    loop.advance(Duration.ofSeconds(61));
    assertThat(asked(CacheWish.USE).record.cache()).isEqualTo("miss");
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void whoAsksTheSameMeanwhileGetsTheOneAnswer() {
    Asker first = new Asker(Long.MAX_VALUE);
    Backend backend = ask(first, CacheWish.USE);
    Asker second = asked(CacheWish.USE);
    backend.says("a");
    assertThat(second.got).isEmpty();
    backend.ends();
    loop.runReady();
    assertThat(second.got).containsExactly("a");
    assertThat(second.done).isTrue();
    assertThat(second.record.cache()).isEqualTo("joined");
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void whoWaitedForAnAnswerThatFailedAsksForHimself() {
    Asker first = new Asker(Long.MAX_VALUE);
    Backend backend = ask(first, CacheWish.USE);
    Asker second = new Asker(Long.MAX_VALUE);
    Backend own = ask(second, CacheWish.USE);
    backend.fails();
    loop.runReady();
    assertThat(first.failure).hasMessage("broken");
    assertThat(second.failure).isNull();
    assertThat(calls).isEqualTo(2);
    own.says("z");
    own.ends();
    assertThat(second.got).containsExactly("z");
  }

  @Test
  void whoWaitedForACallerThatLeftAsksForHimself() {
    Asker first = new Asker(Long.MAX_VALUE);
    Backend backend = ask(first, CacheWish.USE);
    asked(CacheWish.USE);
    first.leave();
    loop.runReady();
    assertThat(backend.cancelled).isTrue();
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void whoLeavesWhileHeWaitsCostsNothing() {
    Backend backend = ask(new Asker(Long.MAX_VALUE), CacheWish.USE);
    Asker second = asked(CacheWish.USE);
    second.leave();
    backend.fails();
    loop.runReady();
    assertThat(calls).isEqualTo(1);
  }

  @Test
  void keepsNothingOfAnAnswerThatBreaksOff() {
    Backend backend = ask(new Asker(Long.MAX_VALUE), CacheWish.USE);
    backend.says("a");
    backend.fails();
    assertThat(cache.size()).isZero();
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void keepsNothingThatIsTooLargeAndLetsNobodyWaitForIt() {
    Asker first = new Asker(Long.MAX_VALUE);
    Backend backend = ask(first, CacheWish.USE);
    asked(CacheWish.USE);
    backend.says("x".repeat(2_000));
    loop.runReady();
    assertThat(calls).isEqualTo(2);
    backend.ends();
    assertThat(first.got).hasSize(1);
    assertThat(cache.size()).isZero();
  }

  @Test
  void whoWantsANewAnswerGetsOneAndItIsKept() {
    answered("old");
    Asker fresh = new Asker(Long.MAX_VALUE);
    Backend backend = ask(fresh, CacheWish.REFRESH);
    backend.says("new");
    backend.ends();
    assertThat(asked(CacheWish.USE).got).containsExactly("new");
  }

  @Test
  void whoWantsNothingOfItLeavesItAsItIs() {
    answered("old");
    Asker past = new Asker(Long.MAX_VALUE);
    Backend backend = ask(past, CacheWish.BYPASS);
    backend.says("new");
    backend.ends();
    assertThat(past.record.cache()).isEqualTo("bypass");
    assertThat(asked(CacheWish.USE).got).containsExactly("old");
  }

  @Test
  void forgetsEverythingWhenTold() {
    answered("a");
    cache.clear();
    assertThat(asked(CacheWish.USE).record.cache()).isEqualTo("miss");
  }

  @Property
  void aReplayGivesExactlyWhatIsAskedFor(
      @ForAll @IntRange(min = 1, max = 20) int events,
      @ForAll @IntRange(min = 1, max = 7) int step) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      all.add("e" + i);
    }
    Asker asker = new Asker(step);
    asker.onSubscribe(new Replay<>(all, asker));
    int asked = step;
    while (!asker.done) {
      assertThat(asker.got).hasSize(Math.min(asked, events));
      asker.more(step);
      asked += step;
    }
    assertThat(asker.got).isEqualTo(all);
  }
}
