package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import dev.parley.testkit.content.Ears;
import dev.parley.testkit.content.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is said, and however it arrives and is answered: each word is told once, in order. */
class LiveWordsTest {

  private static final String[] WORDS = {
    "so",
    "hub",
    "never",
    "tell",
    "garden",
    "one",
    "river",
    "stone",
    "a1",
    "walking",
    "seven",
    "ox",
    "paper",
    "light",
    "under",
    "understand",
    "no",
    "music"
  };

  @Property(tries = 60)
  void wordsInAreWordsOut(@ForAll Random random) {
    var bounded = random.nextBoolean();
    var mode = List.of(Mode.values()).get(random.nextInt(3));
    var eager = random.nextInt(3) == 0 ? OptionalDouble.of(0.3) : OptionalDouble.empty();
    var speech = !bounded ? TurnDetection.UNSTATED : Bench.cutAt(6_000);
    var words = random.nextBoolean();
    // A phrase may be longer than what may be sent, and is cut where there is no pause. Without
    // times nobody can tell the same few words apart that are said again and again.
    var talk = talk(random, 10 + random.nextInt(25), bounded ? 30 : 12, words || !bounded);
    var clips = new HearingClips(Ears::hear);
    clips.words = words;
    clips.secondsMax = bounded ? 6 : 600;
    var bench = new Bench(clips, Bench.turns(mode, speech, eager));
    say(bench, talk, random);
    bench.end();
    while (!bench.reader.complete && !clips.waiting.isEmpty()) {
      answerSome(bench, random, clips.waiting.size());
    }
    assertThat(bench.reader.failure).isNull();
    assertThat(bench.reader.text()).isEqualTo(talk.text());
    assertThat(bench.reader.complete).isTrue();
    var all = bench.reader.summary().all().transcript();
    assertThat(all.text()).isEqualTo(talk.text());
    assertThat(all.seconds().orElse(0)).isEqualTo(talk.length() / 16_000.0);
    assertThat(all.language()).isEqualTo("en");
    if (clips.words) {
      checkTimes(talk, bench);
    }
  }

  private static void checkTimes(Talk talk, Bench bench) {
    var told = bench.reader.finals().stream().flatMap(r -> r.segment().words().stream()).toList();
    var said = talk.words();
    assertThat(told).hasSameSizeAs(said);
    for (var i = 0; i < said.size(); i++) {
      assertThat(told.get(i).text()).isEqualTo(said.get(i).text());
      assertThat(told.get(i).start()).isCloseTo(said.get(i).start(), offset(0.05));
    }
  }

  private static Talk talk(Random random, int words, int phraseMax, boolean repeated) {
    var vocabulary = new ArrayList<>(List.of(WORDS));
    Collections.shuffle(vocabulary, random);
    var talk = Talk.begin(16_000).silence(random.nextDouble());
    for (var i = 0; i < words; ) {
      var phrase = new ArrayList<String>();
      for (var n = 1 + random.nextInt(phraseMax); n > 0 && i < words; n--, i++) {
        phrase.add(vocabulary.get((repeated ? random.nextInt(WORDS.length) : i) % WORDS.length));
      }
      talk.say(String.join(" ", phrase));
      talk.silence(0.08 + random.nextDouble() * (random.nextInt(3) == 0 ? 3 : 0.6));
    }
    return talk;
  }

  private static void say(Bench bench, Talk talk, Random random) {
    for (long at = 0; at < talk.length(); ) {
      var count = (int) Math.min(talk.length() - at, 1 + random.nextInt(6_000));
      bench.hear(talk.samples(at, count));
      at += count;
      if (random.nextInt(3) > 0) {
        answerSome(bench, random, 2);
      }
      if (random.nextInt(20) == 0 && isBetweenWords(talk, at / 16_000.0)) {
        bench.session.finalizeSoFar();
        bench.loop.turn();
      }
    }
  }

  private static boolean isBetweenWords(Talk talk, double time) {
    return talk.words().stream().noneMatch(w -> w.start() < time + 0.02 && time < w.end() + 0.02);
  }

  /** In any order; interims fail now and then. */
  private static void answerSome(Bench bench, Random random, int most) {
    var waiting = bench.clips.waiting;
    for (var n = 0; n < most && !waiting.isEmpty(); n++) {
      var index = random.nextInt(waiting.size());
      if (waiting.get(index).ask().interim() && random.nextInt(4) == 0) {
        bench.clips.fail(index, new HubException(new HubError.Overloaded("busy", Duration.ZERO)));
      } else {
        bench.clips.answer(index);
      }
      bench.loop.turn();
    }
  }
}
