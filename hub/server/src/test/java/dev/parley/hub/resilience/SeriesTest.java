package dev.parley.hub.resilience;

import static dev.parley.hub.fake.Events.chunks;
import static dev.parley.hub.fake.Events.content;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.error.HubError;
import dev.parley.core.error.Stage;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.fake.Collector;
import dev.parley.hub.fake.FakeLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A speech of several sentences, each an execution of its own. */
class SeriesTest {

  private final FakeLoop loop = new FakeLoop();
  private final List<FakeWork> sentences = new ArrayList<>();
  private final List<Turn> turns = new ArrayList<>();
  private final ExecutionHarness hub = new ExecutionHarness(loop, new FakeWork());
  private final Text text = new Text();
  private final Collector caller = new Collector(Long.MAX_VALUE);

  @Test
  void handsSentencesOnInTheirOrderWhateverTheOrderOfTheirEnds() {
    speak(caller, 2);
    text.say("one");
    text.say("two");
    finish(1, "a", "two");
    assertThat(caller.events()).isEmpty();
    finish(0, "a", "one");
    assertThat(caller.events()).containsExactly(sound("one"), sound("two"));
  }

  @Test
  void aBackendThatDiesCostsOneSentence() {
    speak(caller, 1);
    text.say("one");
    finish(0, "a", "one");
    text.say("two");
    sentences.get(1).on("a").fail(ExecutionTest.late(Stage.IDLE));
    finish(1, "b", "two");
    text.end();
    assertThat(caller.events()).containsExactly(sound("one"), sound("two"));
    assertThat(caller.isCompleted()).isTrue();
    assertThat(sentences.get(1).order()).containsExactly("a", "b");
  }

  @Test
  void tellsASentenceWhenEverythingBeforeItIsHandedOn() {
    speak(caller, 2);
    text.say("one");
    text.say("two");
    assertThat(turns.get(0).isNow()).isTrue();
    assertThat(turns.get(1).isNow()).isFalse();
    List<String> told = new ArrayList<>();
    turns.get(1).whenNow(() -> told.add("two"));
    finish(0, "a", "one");
    assertThat(told).containsExactly("two");
  }

  @Test
  void runsNoFurtherAheadThanAllowed() {
    speak(caller, 2);
    assertThat(text.demand).isEqualTo(2);
    text.say("one");
    text.say("two");
    assertThat(text.demand).isZero();
    finish(0, "a", "one");
    assertThat(text.demand).isEqualTo(1);
  }

  @Test
  void aSentenceThatNobodyCanSpeakFailsTheCallInItsTurn() {
    speak(caller, 2);
    text.say("one");
    text.say("two");
    sentences.get(1).on("a").fail(ExecutionTest.rejected("a", 400, "odd"));
    assertThat(caller.isOver()).isFalse();
    finish(0, "a", "one");
    assertThat(caller.events()).containsExactly(sound("one"));
    assertThat(caller.error()).isInstanceOf(HubError.BackendRejected.class);
    hub.assertNothingHeld();
  }

  @Test
  void aCallerThatLeavesStopsEverySentence() {
    speak(caller, 2);
    text.say("one");
    text.say("two");
    caller.cancel();
    assertThat(sentences).allMatch(sentence -> sentence.on("a").isCancelled());
    assertThat(text.cancelled).isTrue();
    hub.assertNothingHeld();
  }

  @Test
  void asksForNoMoreSoundThanItMayHold() {
    Collector slow = new Collector(0);
    speak(slow, 1);
    text.say("one");
    FakeWork sentence = sentences.getFirst();
    for (int i = 0; i < 3; i++) {
      sentence.on("a").emit(sound("s" + i));
      loop.advance(ExecutionHarness.HOLD_BACK);
    }
    assertThat(sentence.on("a").demand()).isZero();
    slow.request(1);
    assertThat(sentence.on("a").demand()).isEqualTo(1);
    slow.cancel();
  }

  private void speak(Collector listener, int ahead) {
    new Series<String, DocumentEvent>(text, this::sentence, ahead, 3).subscribe(listener);
  }

  private Flow.Publisher<DocumentEvent> sentence(String ignored, Turn turn) {
    FakeWork work = new FakeWork();
    sentences.add(work);
    turns.add(turn);
    return hub.on("a", "b").with(work).execution();
  }

  private void finish(int sentence, String backend, String said) {
    sentences.get(sentence).on(backend).emit(sound(said));
    sentences.get(sentence).on(backend).complete();
    loop.runReady();
  }

  private static DocumentEvent sound(String of) {
    return SOUNDS.computeIfAbsent(of, said -> chunks(content("{\"s\":\"" + said + "\"}")));
  }

  private static final Map<String, DocumentEvent> SOUNDS = new ConcurrentHashMap<>();

  /** The text as it is being written. */
  private static final class Text implements Flow.Publisher<String>, Flow.Subscription {

    private Flow.@Nullable Subscriber<? super String> reader;
    private long demand;
    private boolean cancelled;

    @Override
    public void subscribe(Flow.Subscriber<? super String> subscriber) {
      reader = subscriber;
      subscriber.onSubscribe(this);
    }

    void say(String sentence) {
      demand--;
      reader().onNext(sentence);
    }

    void end() {
      reader().onComplete();
    }

    private Flow.Subscriber<? super String> reader() {
      return Objects.requireNonNull(reader);
    }

    @Override
    public void request(long n) {
      demand += n;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
