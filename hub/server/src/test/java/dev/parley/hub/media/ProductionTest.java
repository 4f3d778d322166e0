package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductionTest {

  private final Deque<Runnable> line = new ArrayDeque<>();
  private final List<String> seen = new ArrayList<>();
  private final Numbers source = new Numbers(10);
  private boolean left;

  private final Place place =
      new Place() {
        @Override
        public void run(Runnable step) {
          line.add(step);
        }

        @Override
        public void close() {
          left = true;
        }
      };

  private final Production<Piece> production = new Production<>(place, source);
  private final Taker taker = new Taker();

  @Test
  void makesNothingUnasked() {
    production.subscribe(taker);
    work();
    assertThat(source.made).isZero();
    taker.ask(3);
    work();
    assertThat(source.made).isEqualTo(3);
    assertThat(seen).containsExactly("1", "2", "3");
    assertThat(left).isFalse();
  }

  @Test
  void endsOnceAndGivesThePlaceBack() {
    production.subscribe(taker);
    taker.ask(Long.MAX_VALUE);
    work();
    assertThat(seen).hasSize(11).last().isEqualTo("end");
    assertThat(left).isTrue();
    assertThat(source.closed).isEqualTo(1);
    production.discard();
    work();
    assertThat(source.closed).isEqualTo(1);
  }

  @Test
  void othersHaveTheirTurnBetweenTwoSteps() {
    production.subscribe(taker);
    taker.ask(Long.MAX_VALUE);
    line.removeFirst().run();
    assertThat(source.made).isLessThan(10);
    assertThat(line).hasSize(1);
  }

  @Test
  void makesNoMoreWhenTheTakerLeaves() {
    production.subscribe(taker);
    taker.ask(2);
    work();
    taker.leave();
    work();
    taker.ask(5);
    work();
    assertThat(seen).containsExactly("1", "2");
    assertThat(left).isTrue();
    assertThat(source.closed).isEqualTo(1);
  }

  @Test
  void givesThePlaceBackWhenNobodyTakesIt() {
    production.discard();
    work();
    assertThat(source.made).isZero();
    assertThat(left).isTrue();
    assertThat(source.closed).isEqualTo(1);
  }

  @Test
  void tellsAFailureInWordsOfTheHub() {
    source.failsAt = 2;
    production.subscribe(taker);
    taker.ask(5);
    work();
    assertThat(seen).containsExactly("1", "Overloaded");
    assertThat(left).isTrue();
  }

  @Test
  void isForOneTaker() {
    production.subscribe(taker);
    assertThatThrownBy(() -> production.subscribe(new Taker()))
        .isInstanceOf(IllegalStateException.class);
  }

  private void work() {
    while (!line.isEmpty()) {
      line.removeFirst().run();
    }
  }

  private static final class Numbers implements PieceSource<Piece> {
    private final int count;
    private int made;
    private int failsAt;
    private int closed;

    Numbers(int count) {
      this.count = count;
    }

    @Override
    public @Nullable Piece next() throws IOException {
      if (made + 1 == failsAt) {
        throw new IOException("no disk");
      }
      return made == count ? null : new Piece(new byte[] {(byte) ++made}, 0);
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private final class Taker implements Flow.Subscriber<Piece> {
    private Flow.@Nullable Subscription subscription;

    void ask(long pieces) {
      if (subscription != null) {
        subscription.request(pieces);
      }
    }

    void leave() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(Piece piece) {
      seen.add("" + piece.data()[0]);
    }

    @Override
    public void onError(Throwable failure) {
      HubError error = ((HubException) failure).error();
      seen.add(error.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      seen.add("end");
    }
  }
}
