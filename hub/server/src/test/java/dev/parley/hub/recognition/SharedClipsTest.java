package dev.parley.hub.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.json.Json;
import dev.parley.core.recognition.RecognitionUsage;
import dev.parley.core.recognition.Segment;
import dev.parley.core.recognition.TokenLogprob;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import dev.parley.hub.media.CutWish;
import dev.parley.hub.media.CutWish.Cut;
import dev.parley.hub.media.Media;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.SoundPiece;
import dev.parley.hub.media.TestMedia;
import dev.parley.hub.recognition.order.RecognizedEvent.Stretch;
import dev.parley.testkit.content.Ears;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Recordings without a pause, whatever their clips are: each word is told once, in order. */
class SharedClipsTest {

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

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Media media;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("shared-clips");
    media = TestMedia.in(folder);
  }

  @AfterContainer
  static void close() throws IOException {
    media.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 25)
  void wordsInAreWordsOut(@ForAll Random random) {
    var timed = random.nextBoolean();
    var talk = talk(random, timed);
    var cut = random.nextBoolean() ? Cut.WHERE_NEEDED : Cut.AT_PAUSES;
    var speechOnly =
        random.nextBoolean()
            ? Optional.of(TurnDetection.UNSTATED)
            : Optional.<TurnDetection>empty();
    var seconds = 5 + random.nextDouble() * 5;
    var wish = new CutWish(AudioEncoding.WAV, seconds, cut, speechOnly, false, OptionalInt.empty());
    var stitching = new Stitching();
    var text = new StringBuilder();
    var tokens = new ArrayList<String>();
    for (var piece : pieces(talk, wish)) {
      assertThat(piece.clip().seconds()).isLessThanOrEqualTo(seconds);
      var told = stitching.joined(piece, written(piece, timed, random), timed);
      text.append(stitching.delta(told.text()));
      stitching.nextClip();
      var _ = stitching.add(0, piece, told);
      told.logprobs().forEach(token -> tokens.add(token.token()));
    }
    var all = stitching.written(stitching.stretches(), talk.seconds());
    assertThat(all.transcript().text()).isEqualTo(talk.text()).isEqualTo(text.toString());
    assertThat(String.join("", tokens).strip()).isEqualTo(talk.text());
    checkTimes(all.stretches().stream().map(Stretch::segment).toList(), talk, timed);
  }

  private static void checkTimes(List<Segment> told, Talk talk, boolean timed) {
    assertThat(told.stream().map(Segment::text).collect(Collectors.joining(" ")))
        .isEqualTo(talk.text());
    var last = 0.0;
    for (var segment : told) {
      assertThat(segment.start()).isGreaterThanOrEqualTo(last - 1e-9);
      assertThat(segment.end()).isBetween(segment.start() - 1e-9, talk.seconds() + 0.001);
      last = segment.end();
    }
    var words = told.stream().flatMap(segment -> segment.words().stream()).toList();
    assertThat(words).hasSize(timed ? talk.words().size() : 0);
    for (var i = 0; i < words.size(); i++) {
      assertThat(words.get(i).text()).isEqualTo(talk.words().get(i).text());
      assertThat(words.get(i).start()).isEqualTo(talk.words().get(i).start(), within(0.05));
    }
  }

  private static Talk talk(Random random, boolean repeated) {
    var vocabulary = new ArrayList<>(List.of(WORDS));
    Collections.shuffle(vocabulary, random);
    var talk = Talk.begin(16_000).silence(0.6 + random.nextDouble());
    for (var i = 0; i < 60; i++) {
      talk.say(vocabulary.get((repeated ? random.nextInt(WORDS.length) : i) % WORDS.length));
      if (random.nextInt(30) == 0) {
        talk.silence(0.3 + random.nextDouble());
      }
    }
    return talk.silence(0.5);
  }

  private static List<SoundPiece> pieces(Talk talk, CutWish wish) {
    var sound = Sound.of(talk.wav(), AudioFormat.UNSTATED);
    var all = new CompletableFuture<List<SoundPiece>>();
    media.sounds().pieces(sound, wish).join().pieces().subscribe(new Taker(all));
    return all.join();
  }

  /** What a recogniser makes of a clip: some segments, or only text. */
  private static Transcript written(SoundPiece piece, boolean timed, Random random) {
    var heard = Ears.hear(piece.clip().bytes());
    var segments = new ArrayList<Segment>();
    for (var from = 0; from < heard.size(); ) {
      var to = Math.min(heard.size(), from + 1 + random.nextInt(12));
      segments.add(segment(heard.subList(from, to), timed));
      from = to;
    }
    return new Transcript(
        text(heard),
        "en",
        OptionalDouble.empty(),
        List.of(),
        OptionalDouble.of(piece.clip().seconds()),
        timed || random.nextBoolean() ? segments : List.of(),
        heard.stream().map(word -> new TokenLogprob(" " + word.text(), -1, List.of())).toList(),
        RecognitionUsage.UNKNOWN,
        Json.EMPTY_OBJECT);
  }

  private static String text(List<TimedWord> words) {
    return words.stream().map(TimedWord::text).collect(Collectors.joining(" "));
  }

  private static Segment segment(List<TimedWord> heard, boolean timed) {
    var words =
        heard.stream()
            .map(w -> new Word(w.text(), w.start(), w.end(), OptionalDouble.empty(), ""))
            .toList();
    return new Segment(
        heard.getFirst().start(),
        heard.getLast().end(),
        text(heard),
        timed ? words : List.of(),
        "",
        "",
        Segment.Scores.UNTOLD,
        List.of(),
        Json.EMPTY_OBJECT);
  }

  private static final class Taker implements Flow.Subscriber<SoundPiece> {
    private final List<SoundPiece> pieces = new ArrayList<>();
    private final CompletableFuture<List<SoundPiece>> all;

    Taker(CompletableFuture<List<SoundPiece>> all) {
      this.all = all;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(SoundPiece piece) {
      pieces.add(piece);
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      all.complete(pieces);
    }
  }
}
