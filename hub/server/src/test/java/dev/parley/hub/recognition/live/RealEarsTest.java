package dev.parley.hub.recognition.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.media.LiveSpeech;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.recognition.live.TurnSettings.Mode;
import dev.parley.testkit.content.Ears;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from bytes to words, with the hub's decoders and its built-in detector. */
class RealEarsTest {

  @TempDir Path folder;
  private Media media;
  private final HearingClips clips = new HearingClips(Ears::hear);

  @BeforeEach
  void open() {
    media = TestMedia.in(folder);
  }

  @AfterEach
  void close() throws IOException {
    media.close();
  }

  private Bench bench(AudioFormat format, HearingClips by) {
    LiveSpeech live = media.live();
    return new Bench(
        by,
        Bench.order(format, Bench.turns(Mode.SERVER_VAD), true),
        (f, turns, listener) -> live.open(f, turns, "", listener),
        Long.MAX_VALUE);
  }

  private static Talk talk(int rateHz) {
    return Talk.begin(rateHz)
        .silence(0.5)
        .say("one river never tells")
        .silence(0.9)
        .say("a garden what music is")
        .silence(0.9)
        .say("seven stones")
        .silence(0.3);
  }

  /** In messages of any size, as fast as they are taken. */
  private static void say(Bench bench, byte[] bytes, Random random) {
    for (var at = 0; at < bytes.length; ) {
      var to = Math.min(bytes.length, at + 1 + random.nextInt(20_000));
      var taken = bench.session.hear(Arrays.copyOfRange(bytes, at, to));
      bench.loop.turnUntil(taken::isDone);
      bench.clips.answerAll();
      at = to;
    }
    bench.session.end();
    bench.clips.atOnce = true;
    bench.clips.answerAll();
    bench.loop.turnUntil(() -> {
      bench.clips.answerAll();
      return bench.reader.complete || bench.reader.failure != null;
    });
  }

  @Test
  void wordsOfAFileAreHeardInOrder() {
    var talk = talk(48_000);
    var bench = bench(AudioFormat.UNSTATED, clips);
    say(bench, talk.wav(), new Random(1));
    assertThat(bench.reader.failure).isNull();
    assertThat(bench.reader.text()).isEqualTo(talk.text());
    assertThat(bench.reader.finals()).hasSize(3);
    assertThat(bench.reader.summary().all().transcript().seconds().orElse(0))
        .isBetween(talk.seconds() - 0.001, talk.seconds() + 0.001);
  }

  @Test
  void wordsOfHeaderlessSoundAreHeardInOrder() {
    var talk = talk(16_000);
    var bench = bench(Bench.PCM, clips);
    say(bench, Bench.pcm(talk.samples()), new Random(2));
    assertThat(bench.reader.text()).isEqualTo(talk.text());
    assertThat(bench.reader.summary().all().transcript().seconds())
        .hasValue(talk.length() / 16_000.0);
  }

  /** The telephone has no place for the tones that words are made of here: bursts are counted. */
  @Test
  void burstsOfTelephoneSoundAreHeardOnceEach() {
    var random = new Random(3);
    var bytes = new ArrayList<Byte>();
    var bursts = 0;
    add(bytes, 8_000, false);
    for (var phrase = 0; phrase < 6; phrase++) {
      for (var burst = 0; burst < phrase % 3 + 2; burst++, bursts++) {
        add(bytes, 2_400, true);
        add(bytes, 800, false);
      }
      add(bytes, 8_000, false);
    }
    var counting = new HearingClips(RealEarsTest::bursts);
    var bench = bench(AudioFormat.of(AudioEncoding.MULAW, 8_000, 1), counting);
    var all = new byte[bytes.size()];
    for (var i = 0; i < all.length; i++) {
      all[i] = bytes.get(i);
    }
    say(bench, all, random);
    assertThat(bench.reader.failure).isNull();
    assertThat(bench.reader.text().split(" ")).hasSize(bursts);
  }

  private static void add(List<Byte> bytes, int samples, boolean loud) {
    for (var i = 0; i < samples; i++) {
      // A buzz with the harmonics of a voice; 0xFF is silence.
      var period = bytes.size() % 64;
      bytes.add((byte) (loud && period < 8 ? (period % 2 == 0 ? 0x90 : 0x10) : 0xFF));
    }
  }

  private static List<TimedWord> bursts(byte[] wav) {
    var words = new ArrayList<TimedWord>();
    var quiet = 1_000;
    for (var at = 44; at + 1 < wav.length; at += 2) {
      var loud = Math.abs((wav[at] & 0xFF) | wav[at + 1] << 8) > 1_500;
      if (loud && quiet >= 800) {
        words.add(new TimedWord("b", (at - 44) / 32_000.0, (at - 44) / 32_000.0 + 0.1));
      }
      quiet = loud ? 0 : quiet + 1;
    }
    return words;
  }

  @Test
  void whatIsNoSoundFailsTheEvents() {
    var bench = bench(AudioFormat.UNSTATED, clips);
    say(
        bench,
        "this is a letter and no sound at all, sorry".repeat(500).getBytes(StandardCharsets.UTF_8),
        new Random(4));
    assertThat(bench.reader.failure)
        .isInstanceOfSatisfying(
            HubException.class,
            e -> assertThat(e.error()).isInstanceOf(HubError.UnsupportedAudio.class));
  }

  @Test
  void finalizeOfAFileIsAnsweredBehindWhatWasHeard() {
    var talk = talk(16_000);
    var wav = talk.wav();
    var bench = bench(AudioFormat.UNSTATED, clips);
    clips.atOnce = true;
    // Between two phrases, while speech has not stopped yet.
    var cut = 44 + 2 * (int) ((talk.words().get(3).end() + 0.1) * 16_000);
    var _ = bench.session.hear(Arrays.copyOf(wav, cut));
    bench.session.finalizeSoFar();
    bench.loop.turnUntil(() -> bench.reader.course().endsWith("FINALIZED"));
    assertThat(bench.reader.text()).isEqualTo("one river never tells");
    var place = bench.reader.heard().getLast().offsetMs();
    assertThat(place).isEqualTo((cut - 44) / 32);
    var _ = bench.session.hear(Arrays.copyOfRange(wav, cut, wav.length));
    bench.session.end();
    bench.loop.turnUntil(() -> bench.reader.complete);
    assertThat(bench.reader.text()).isEqualTo(talk.text());
  }
}
