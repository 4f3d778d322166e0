package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.parley.core.audio.TurnDetection;
import dev.parley.hub.media.LiveSound;
import dev.parley.hub.media.SampleListener;
import dev.parley.hub.media.SpeechMoment;
import dev.parley.hub.recognition.live.LiveEvent.Heard.Kind;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import dev.parley.testkit.content.TimedWord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * An hour of sound whose words are the seconds in which they are said: the samples of a second are
 * its number, and ears that a test turns by hand hear half of every ten seconds as speech.
 */
class LongStreamTest {

  private static final int CHUNK = 320;
  private static final int RATE = 16_000;
  private static final int PERIOD = 10 * RATE;
  private static final int SPOKEN = 5 * RATE;
  private static final int HOURS = 1;

  /** Hears chunks of 20 ms of which it knows by their place whether they are speech. */
  private static final class PlannedEars implements LiveSound {
    private final SampleListener listener;
    private long samples;

    PlannedEars(SampleListener listener) {
      this.listener = listener;
    }

    @Override
    public String model() {
      return "planned";
    }

    @Override
    public CompletableFuture<Void> hear(byte[] bytes) {
      var heard = new short[CHUNK];
      for (var i = 0; i < CHUNK; i++) {
        heard[i] = (short) ((samples + i) / RATE);
      }
      var room = listener.samples(heard);
      var place = samples % PERIOD;
      samples += CHUNK;
      var speech = place < SPOKEN;
      if (place == 0) {
        listener.heard(new SpeechMoment(true, samples - CHUNK, samples, 1));
      } else if (place == SPOKEN + RATE / 2) {
        listener.heard(new SpeechMoment(false, samples - CHUNK - RATE / 2, samples, 0));
      }
      listener.decided(samples, speech ? 1 : 0);
      return room;
    }

    @Override
    public CompletableFuture<Void> settled() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public int lagSamples() {
      return CHUNK;
    }

    @Override
    public void change(TurnDetection turns) {}

    @Override
    public void finish() {
      listener.finished();
    }

    @Override
    public void close() {}
  }

  /** Each second of which a clip has more than half is a word. */
  private static List<TimedWord> seconds(byte[] wav) {
    var words = new ArrayList<TimedWord>();
    var count = (wav.length - 44) / 2;
    for (var at = 0; at < count; ) {
      var second = second(wav, at);
      var until = at;
      while (until < count && second(wav, until) == second) {
        until++;
      }
      // The last half second is silence, or more sound follows.
      if (second % 10 < 5 && until - at > RATE / 2) {
        words.add(new TimedWord("s" + second, (double) at / RATE, (double) until / RATE));
      }
      at = until;
    }
    return words;
  }

  private static int second(byte[] wav, int sample) {
    return (wav[44 + 2 * sample] & 0xFF) | (wav[45 + 2 * sample] & 0xFF) << 8;
  }

  @Test
  void placesAreExactAfterAnHourAndWhatIsHeldDoesNotGrow() {
    var clips = new HearingClips(LongStreamTest::seconds);
    Ears ears = (_, _, listener) -> CompletableFuture.completedFuture(new PlannedEars(listener));
    var order = Bench.order(Bench.PCM, Bench.turns(Mode.SERVER_VAD), true);
    var bench = new Bench(clips, order, ears, Long.MAX_VALUE);
    var longestClip = 0.0;
    var mostHeld = 0;
    for (var chunk = 0L; chunk < HOURS * 3_600L * RATE / CHUNK; chunk++) {
      var taken = bench.session.hear(new byte[1]);
      bench.loop.turn();
      assertThat(taken).isDone();
      if (chunk % 10 == 0) {
        clips.answerAll();
        bench.loop.turn();
      }
      mostHeld = Math.max(mostHeld, bench.session.held());
      for (var ask : clips.asks) {
        longestClip = Math.max(longestClip, ask.clip().seconds());
      }
      clips.asks.clear();
    }
    bench.end();
    assertThat(bench.reader.complete).isTrue();
    assertThat(longestClip).isLessThan(6);
    assertThat(mostHeld).isLessThan(20 * RATE);
    check(bench);
  }

  private static void check(Bench bench) {
    var finals = bench.reader.finals();
    assertThat(finals).hasSize(360 * HOURS);
    for (var i = 0; i < finals.size(); i++) {
      var segment = finals.get(i).segment();
      var first = i * 10;
      assertThat(segment.start()).isEqualTo(first);
      assertThat(segment.end()).isEqualTo(first + 5);
      assertThat(segment.text())
          .isEqualTo(
              "s%d s%d s%d s%d s%d".formatted(first, first + 1, first + 2, first + 3, first + 4));
      assertThat(segment.words().get(4).start()).isCloseTo(first + 4, offset(1e-9));
    }
    assertThat(bench.reader.heard().stream().filter(h -> h.kind() == Kind.SPEECH_STARTED))
        .hasSize(360 * HOURS)
        .allMatch(h -> h.offsetMs() % 10_000 == 0);
    assertThat(bench.reader.summary().all().transcript().seconds()).hasValue(3_600.0 * HOURS);
  }
}
