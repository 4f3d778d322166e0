package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Phrase;
import dev.parley.hub.media.SteadyEars;
import dev.parley.hub.recognition.live.LiveEvent.Heard;
import dev.parley.hub.recognition.live.LiveEvent.Started;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import dev.parley.testkit.content.Ears;
import dev.parley.testkit.content.Talk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiveSessionTest {

  private static final int PIECE = 1_600;

  private final HearingClips clips = new HearingClips(Ears::hear);

  /** Says all of it in pieces of 100 ms, answering at once. */
  private static void say(Bench bench, Talk talk) {
    say(bench, talk, 0, talk.length());
  }

  private static void say(Bench bench, Talk talk, long from, long to) {
    for (var at = from; at < to; at += PIECE) {
      bench.hear(talk.samples(at, (int) Math.min(PIECE, to - at)));
      bench.clips.answerAll();
      bench.loop.turn();
    }
  }

  private static Talk twoPhrases() {
    return Talk.begin(16_000).silence(1).say("one two three").silence(2).say("four").silence(2);
  }

  @Test
  void silenceEndsATurnBehindItsFinal() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    say(bench, twoPhrases());
    bench.end();
    assertThat(bench.reader.course())
        .isEqualTo(
            "SPEECH_STARTED SPEECH_STOPPED FINAL END_OF_TURN"
                + " SPEECH_STARTED SPEECH_STOPPED FINAL END_OF_TURN");
    assertThat(bench.reader.heard().stream().map(Heard::turn)).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(bench.reader.finals().stream().map(r -> r.segment().text()))
        .containsExactly("one two three", "four");
    assertThat(bench.reader.complete).isTrue();
  }

  @Test
  void settingsInEffectComeFirstAndAreComplete() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var started = (Started) bench.reader.events.getFirst();
    assertThat(started.effective().turns().speech().threshold()).hasValue(0.5);
    assertThat(started.effective().turns().speech().prefixPaddingMs()).hasValue(300);
  }

  @Test
  void interimsComeAtLeastEverySecondOfSpeech() {
    var talk = Talk.begin(16_000).silence(1);
    talk.say("one river never tells a garden what music walking stones hear under seven lights");
    talk.silence(1);
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    say(bench, talk);
    var ends = bench.reader.interims().stream().map(r -> r.segment().end()).toList();
    assertThat(ends.getFirst()).isLessThan(talk.words().getFirst().start() + 1);
    for (var i = 1; i < ends.size(); i++) {
      assertThat(ends.get(i) - ends.get(i - 1)).isBetween(0.0, 1.0);
    }
    assertThat(ends.getLast()).isGreaterThan(talk.words().getLast().end() - 1);
    assertThat(bench.reader.interims().getLast().stableChars()).isPositive();
  }

  @Test
  void aPauseIsAskedAboutSoThatTheFinalIsThereWhenSpeechStops() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    say(bench, twoPhrases());
    assertThat(bench.reader.finals()).hasSize(2);
    assertThat(clips.finals()).isZero();
  }

  @Test
  void withoutInterimsEachStretchIsAskedAboutOnce() {
    var order = Bench.order(Bench.PCM, Bench.turns(Mode.SERVER_VAD), false);
    var bench = new Bench(clips, order, SteadyEars::open, Long.MAX_VALUE);
    say(bench, twoPhrases());
    assertThat(bench.reader.interims()).isEmpty();
    assertThat(clips.asks).hasSize(2).noneMatch(ClipRecognizer.Ask::interim);
    assertThat(clips.asks.get(0).before()).isEmpty();
    assertThat(clips.asks.get(1).before()).isEqualTo("one two three");
  }

  @Test
  void theLastAskLeavesWhenSpeechStopsAndTheInterimIsCancelled() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = twoPhrases();
    var stop = (long) ((talk.words().get(2).end() + 1.2) * 16_000);
    for (long at = 0; at < stop; at += PIECE) {
      bench.hear(talk.samples(at, PIECE));
    }
    assertThat(clips.waiting).hasSize(2);
    assertThat(clips.waiting.get(0).answer()).isCancelled();
    assertThat(clips.waiting.get(1).ask().interim()).isFalse();
  }

  @Test
  void silenceAndNoiseCostNothing() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var random = new Random(1);
    for (var piece = 0; piece < 300; piece++) {
      var quiet = new float[PIECE];
      for (var i = 0; i < PIECE; i++) {
        quiet[i] = piece < 150 ? (float) (random.nextGaussian() * 0.0005) : 0;
      }
      bench.hear(quiet);
    }
    bench.end();
    assertThat(clips.asks).isEmpty();
    assertThat(bench.reader.events).hasSize(2);
    assertThat(bench.reader.summary().all().transcript().text()).isEmpty();
    assertThat(bench.reader.summary().all().transcript().seconds()).hasValue(30);
  }

  @Test
  void whatIsSpeechWithoutWordsIsNoResult() {
    var bench = new Bench(new HearingClips(_ -> List.of()), Bench.turns(Mode.SERVER_VAD));
    say(bench, twoPhrases());
    bench.end();
    assertThat(bench.reader.finals()).isEmpty();
    assertThat(bench.reader.interims()).isEmpty();
    assertThat(bench.reader.complete).isTrue();
  }

  @Test
  void nothingAtAllIsAnEmptySummary() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    bench.end();
    assertThat(bench.reader.events).hasSize(2);
    assertThat(bench.reader.summary().all().transcript().seconds()).hasValue(0);
    assertThat(bench.reader.complete).isTrue();
  }

  @Test
  void onlyTheCallerEndsATurnInModeNone() {
    var bench = new Bench(clips, Bench.turns(Mode.NONE));
    var talk = twoPhrases();
    say(bench, talk);
    assertThat(bench.reader.finals()).isEmpty();
    assertThat(bench.reader.interims().getLast().segment().text()).isEqualTo("one two three four");
    bench.session.finalizeSoFar();
    bench.loop.turn();
    assertThat(bench.reader.course())
        .isEqualTo(
            "SPEECH_STARTED SPEECH_STOPPED SPEECH_STARTED SPEECH_STOPPED"
                + " FINAL END_OF_TURN FINALIZED");
    var only = bench.reader.finals().getFirst().segment();
    assertThat(only.text()).isEqualTo("one two three four");
    assertThat(only.start()).isBetween(0.6, 1.0);
    assertThat(only.words()).hasSize(4);
    assertThat(only.words().get(3).start())
        .isBetween(talk.words().get(3).start() - 0.05, talk.words().get(3).start() + 0.05);
    // What was silent in between was not sent.
    assertThat(clips.asks).allMatch(a -> a.clip().seconds() < 2);
  }

  @Test
  void finalizeMakesFinalWhatWasHeardAndSpeechGoesOnBehindIt() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = Talk.begin(16_000).silence(0.5).say("one two three four five six").silence(1);
    var between = (talk.words().get(2).end() + talk.words().get(3).start()) / 2;
    var cut = Math.round(between * 16_000);
    say(bench, talk, 0, cut);
    bench.session.finalizeSoFar();
    bench.loop.turn();
    clips.answerAll();
    bench.loop.turn();
    assertThat(bench.reader.course()).isEqualTo("SPEECH_STARTED FINAL FINALIZED");
    assertThat(bench.reader.heard().getLast().offsetMs()).isEqualTo(cut * 1_000 / 16_000);
    say(bench, talk, cut, talk.length());
    bench.end();
    var finals = bench.reader.finals();
    assertThat(finals.get(0).segment().text()).isEqualTo("one two three");
    assertThat(finals.get(1).segment().text()).isEqualTo("four five six");
    assertThat(finals.get(0).segment().end()).isEqualTo(finals.get(1).segment().start());
  }

  @Test
  void aLongStretchIsCutInAPause() {
    clips.secondsMax = 5;
    var talk = Talk.begin(16_000).silence(0.5);
    for (var i = 0; i < 20; i++) {
      talk.say("one river never tells").silence(0.2);
    }
    talk.silence(1);
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD, Bench.cutAt(5_000), eager(-1)));
    say(bench, talk);
    bench.end();
    assertThat(bench.reader.text()).isEqualTo(talk.text());
    assertThat(bench.reader.finals().size()).isGreaterThan(3);
    assertThat(clips.asks).allMatch(a -> a.clip().seconds() <= 5);
    assertThat(bench.reader.course()).startsWith("SPEECH_STARTED FINAL FINAL");
  }

  @Test
  void speechThatShallNotBeCutIsOneResultOfSeveralClips() {
    clips.secondsMax = 5;
    var talk = Talk.begin(16_000).silence(0.5);
    for (var i = 0; i < 12; i++) {
      talk.say("one river never tells").silence(0.2);
    }
    talk.silence(1);
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD, Bench.cutAt(0), eager(-1)));
    say(bench, talk);
    bench.end();
    assertThat(bench.reader.finals()).hasSize(1);
    assertThat(bench.reader.text()).isEqualTo(talk.text());
    assertThat(clips.asks).allMatch(a -> a.clip().seconds() <= 5);
  }

  private static TurnDetection silence(int ms) {
    return new TurnDetection(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.of(ms),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static OptionalDouble eager(double threshold) {
    return threshold < 0 ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }

  @Test
  void eagerEndsAreTakenBackWhenSpeechGoesOn() {
    // The threshold is below half, as these words never make a whole sentence.
    var turns = Bench.turns(Mode.SERVER_VAD, silence(1_000), eager(0.2));
    var talk = Talk.begin(16_000).silence(0.5).say("one two").silence(0.8).say("three four");
    talk.silence(2);
    var bench = new Bench(clips, turns);
    say(bench, talk);
    bench.end();
    assertThat(bench.reader.course())
        .isEqualTo(
            "SPEECH_STARTED FINAL EAGER_END_OF_TURN TURN_RESUMED"
                + " FINAL EAGER_END_OF_TURN SPEECH_STOPPED END_OF_TURN");
    assertThat(bench.reader.heard()).allMatch(h -> h.turn() == 0);
    assertThat(bench.reader.text()).isEqualTo(talk.text());
  }

  @Test
  void aWholeSentenceEndsATurnAndHalfAOneIsWaitedFor() {
    var bench = new Bench(clips, Bench.turns(Mode.SEMANTIC));
    var talk = Talk.begin(16_000).silence(0.5).say("one two and").silence(2).say("three four.");
    talk.silence(3).say("five").silence(5);
    say(bench, talk);
    bench.end();
    assertThat(bench.reader.course())
        .isEqualTo(
            "SPEECH_STARTED SPEECH_STOPPED FINAL SPEECH_STARTED SPEECH_STOPPED FINAL END_OF_TURN"
                + " SPEECH_STARTED SPEECH_STOPPED FINAL END_OF_TURN");
    assertThat(bench.reader.text()).isEqualTo(talk.text());
  }

  @Test
  void aSlowBackendOnlyDelays() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = twoPhrases();
    for (long at = 0; at < talk.length(); at += PIECE) {
      bench.hear(talk.samples(at, PIECE));
    }
    bench.end();
    assertThat(bench.reader.course()).isEqualTo("SPEECH_STARTED SPEECH_STOPPED");
    // The later one first: it has to wait for its turn.
    while (!clips.waiting.isEmpty()) {
      clips.answer(clips.waiting.size() - 1);
      bench.loop.turn();
    }
    assertThat(bench.reader.text()).isEqualTo("one two three four");
    assertThat(bench.reader.complete).isTrue();
  }

  @Test
  void whatWaitsToBeRecognisedIsBounded() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = Talk.begin(16_000);
    for (var i = 0; i < 40; i++) {
      talk.say("one river never tells a garden what music").silence(0.8);
    }
    long at = 0;
    var taken = bench.session.hear(Bench.pcm(talk.samples(at, PIECE)));
    bench.loop.turn();
    while (taken.isDone() && at < talk.length()) {
      at += PIECE;
      taken = bench.session.hear(Bench.pcm(talk.samples(at, PIECE)));
      bench.loop.turn();
    }
    assertThat(taken).isNotDone();
    assertThat(at / 16_000.0).isBetween(60.0, 90.0);
    clips.answerAll();
    bench.loop.turn();
    assertThat(taken).isDone();
  }

  @Test
  void aSlowReaderMissesInterimsOnly() {
    var order = Bench.order(Bench.PCM, Bench.turns(Mode.SERVER_VAD), true);
    var bench = new Bench(clips, order, SteadyEars::open, 1);
    say(bench, twoPhrases());
    bench.end();
    assertThat(bench.reader.events).hasSize(1);
    bench.reader.request(Long.MAX_VALUE);
    assertThat(bench.reader.interims()).isEmpty();
    assertThat(bench.reader.text()).isEqualTo("one two three four");
    assertThat(bench.reader.heard()).hasSize(6);
    assertThat(bench.reader.complete).isTrue();
  }

  @Test
  void aFailedFinalFailsTheStreamBehindWhatWasFinal() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = twoPhrases();
    say(bench, talk, 0, 3 * 16_000);
    var busy = new HubException(new HubError.Overloaded("busy", Duration.ofSeconds(1)));
    for (long at = 3 * 16_000; at < talk.length(); at += PIECE) {
      bench.hear(talk.samples(at, PIECE));
      while (!clips.waiting.isEmpty()) {
        clips.fail(0, busy);
        bench.loop.turn();
      }
    }
    assertThat(bench.reader.text()).isEqualTo("one two three");
    assertThat(bench.reader.failure).isSameAs(busy);
  }

  @Test
  void cancellingStopsAllWork() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = twoPhrases();
    for (long at = 0; at < 40_000; at += PIECE) {
      bench.hear(talk.samples(at, PIECE));
    }
    bench.reader.leave();
    assertThat(clips.waiting).isNotEmpty().allMatch(w -> w.answer().isCancelled());
    var asked = clips.asks.size();
    assertThat(bench.session.hear(Bench.pcm(talk.samples(0, 16_000)))).isDone();
    bench.end();
    assertThat(clips.asks).hasSize(asked);
    assertThat(bench.reader.complete).isFalse();
  }

  @Test
  void wrongSettingsFailTheEvents() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD, Bench.cutAt(1), eager(-1)));
    assertThat(bench.reader.failure).isInstanceOf(HubException.class);
    assertThat(bench.session.hear(new byte[10])).isDone();
  }

  @Test
  void otherSettingsHoldFromThereOn() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var talk = twoPhrases();
    say(bench, talk, 0, 3 * 16_000);
    var before = clips.asks.size();
    bench.session.update(
        Optional.of(List.of(new Phrase("four", 1))),
        Optional.of(List.of("de")),
        Optional.of(Bench.turns(Mode.NONE)));
    say(bench, talk, 3 * 16_000, talk.length());
    assertThat(clips.asks.subList(0, before)).allMatch(a -> a.languages().isEmpty());
    assertThat(clips.asks.subList(before, clips.asks.size()))
        .isNotEmpty()
        .allMatch(a -> a.languages().equals(List.of("de")) && a.phrases().size() == 1);
    assertThat(bench.reader.finals()).hasSize(1);
  }

  @Test
  void anOddByteIsNoSample() {
    var bench = new Bench(clips, Bench.turns(Mode.SERVER_VAD));
    var taken = bench.session.hear(new byte[3]);
    bench.loop.turnUntil(taken::isDone);
    bench.end();
    assertThat(bench.reader.complete).isTrue();
  }
}
