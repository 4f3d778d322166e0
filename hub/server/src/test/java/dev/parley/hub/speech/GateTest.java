package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechText;
import dev.parley.hub.resilience.Series;
import dev.parley.hub.resilience.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateTest {

  private static final AudioFormat PCM = AudioFormat.of(AudioEncoding.PCM_S16LE, 24_000, 1);
  private static final byte[] A = {1, 2};
  private static final byte[] B = {3, 4};

  private final List<FakeSpeech> tries = new ArrayList<>();
  private final Heard heard = new Heard();
  private boolean room = true;

  /** The second of two pieces; the first is open until {@link FirstPiece#finish}. */
  private final FirstPiece before = new FirstPiece();

  private void speakSecond() {
    new Series<Unit, Part>(new TwoUnits(), this::publisher, 2, 8).subscribe(heard);
  }

  private Flow.Publisher<Part> publisher(Unit unit, Turn turn) {
    if (unit instanceof Unit.Piece piece && piece.start() == 1) {
      return new Gate(
          piece,
          turn,
          () -> room,
          () -> {
            FakeSpeech next = new FakeSpeech();
            tries.add(next);
            return next;
          });
    }
    return before;
  }

  private static UnitEvent opened(boolean streams) {
    return new UnitEvent.Opened(PCM, 1, "", "", streams, false);
  }

  @Test
  void keepsWhatIsSpokenAheadUntilItsTurn() {
    speakSecond();
    tries.getFirst().say(opened(true), new UnitEvent.Sound(A));
    assertThat(heard.parts).isEmpty();
    before.finish();
    assertThat(heard.kinds()).containsExactly("Begins", "Sound");
  }

  @Test
  void handsOnTheSoundOfAStreamingBackendAsItComesOnceItIsItsTurn() {
    speakSecond();
    before.finish();
    tries.getFirst().say(opened(true), new UnitEvent.Sound(A));
    assertThat(heard.kinds()).containsExactly("Begins", "Sound");
    tries.getFirst().complete();
    assertThat(heard.kinds()).containsExactly("Begins", "Sound", "Done");
    assertThat(heard.completed).isTrue();
  }

  @Test
  void waitsForTheWholeSoundOfABackendThatMakesWholeSounds() {
    speakSecond();
    before.finish();
    tries.getFirst().say(opened(false), new UnitEvent.Sound(A));
    assertThat(heard.parts).isEmpty();
    tries.getFirst().complete();
    assertThat(heard.kinds()).containsExactly("Begins", "Sound", "Done");
  }

  @Test
  void forgetsWhatNobodyHeardOfATargetThatBroke() {
    speakSecond();
    tries
        .getFirst()
        .say(opened(true), new UnitEvent.Sound(A), opened(true), new UnitEvent.Sound(B));
    tries.getFirst().complete();
    before.finish();
    assertThat(heard.kinds()).containsExactly("Begins", "Sound", "Done");
    assertThat(((Part.Sound) heard.parts.get(1)).bytes()).isEqualTo(B);
    assertThat(((Part.Begins) heard.parts.getFirst()).opened().again()).isFalse();
  }

  @Test
  void saysThatAPieceBeginsAgainWhenSomeOfItWasHeard() {
    speakSecond();
    before.finish();
    tries
        .getFirst()
        .say(opened(true), new UnitEvent.Sound(A), opened(true), new UnitEvent.Sound(B));
    assertThat(heard.kinds()).containsExactly("Begins", "Sound", "Begins", "Sound");
    assertThat(((Part.Begins) heard.parts.get(2)).opened().again()).isTrue();
  }

  @Test
  void doesNotStandInLineBeforeItsTurnWhereThereIsNoRoom() {
    room = false;
    speakSecond();
    assertThat(tries).isEmpty();
    before.finish();
    assertThat(tries).hasSize(1);
  }

  @Test
  void triesOnceMoreInItsTurnWhatFailedAheadOfIt() {
    speakSecond();
    tries.getFirst().fail(new IllegalStateException("no room"));
    assertThat(heard.failure).isNull();
    before.finish();
    assertThat(tries).hasSize(2);
    tries.get(1).say(opened(true), new UnitEvent.Sound(A));
    tries.get(1).complete();
    assertThat(heard.kinds()).containsExactly("Begins", "Sound", "Done");
  }

  @Test
  void failsInItsTurn() {
    speakSecond();
    before.finish();
    tries.getFirst().say(opened(false), new UnitEvent.Sound(A));
    tries.getFirst().fail(new IllegalStateException("broken"));
    assertThat(heard.parts).isEmpty();
    assertThat(heard.failure).hasMessage("broken");
  }

  @Test
  void stopsTheBackendWhenTheCallerLeaves() {
    speakSecond();
    heard.leave();
    assertThat(tries.getFirst().cancelled).isTrue();
  }

  /** Two pieces, the second at code point 1. */
  private static final class TwoUnits implements Flow.Publisher<Unit> {
    @Override
    public void subscribe(Flow.Subscriber<? super Unit> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private int given;

            @Override
            public void request(long n) {
              for (long i = 0; i < n && given < 2; i++) {
                subscriber.onNext(
                    new Unit.Piece(0, new SpeechText.Plain("text"), given++, true, 0));
                if (given == 2) {
                  subscriber.onComplete();
                }
              }
            }

            @Override
            public void cancel() {}
          });
    }
  }

  /** Gives nothing but its end. */
  private static final class FirstPiece implements Flow.Publisher<Part> {
    private Flow.@Nullable Subscriber<? super Part> subscriber;

    @Override
    public void subscribe(Flow.Subscriber<? super Part> to) {
      subscriber = to;
      to.onSubscribe(new NoSubscription());
    }

    void finish() {
      if (subscriber != null) {
        subscriber.onComplete();
      }
    }
  }

  /** Gives what the test says. */
  private static final class FakeSpeech implements Flow.Publisher<UnitEvent>, Flow.Subscription {
    private Flow.@Nullable Subscriber<? super UnitEvent> subscriber;
    private boolean cancelled;

    @Override
    public void subscribe(Flow.Subscriber<? super UnitEvent> to) {
      subscriber = to;
      to.onSubscribe(this);
    }

    void say(UnitEvent... events) {
      for (UnitEvent event : events) {
        if (subscriber != null) {
          subscriber.onNext(event);
        }
      }
    }

    void complete() {
      if (subscriber != null) {
        subscriber.onComplete();
      }
    }

    void fail(Throwable failure) {
      if (subscriber != null) {
        subscriber.onError(failure);
      }
    }

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** The caller. */
  private static final class Heard implements Flow.Subscriber<Part> {
    private final List<Part> parts = new ArrayList<>();
    private Flow.Subscription upstream = new NoSubscription();
    private @Nullable Throwable failure;
    private boolean completed;

    List<String> kinds() {
      return parts.stream().map(part -> part.getClass().getSimpleName()).toList();
    }

    void leave() {
      upstream.cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Part part) {
      parts.add(part);
    }

    @Override
    public void onError(Throwable cause) {
      failure = cause;
    }

    @Override
    public void onComplete() {
      completed = true;
    }
  }
}
