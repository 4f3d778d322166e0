package dev.parley.hub.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.audio.TurnDetection;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.testkit.content.Ears;
import dev.parley.testkit.content.Talk;
import dev.parley.testkit.content.TimedWord;
import dev.parley.testkit.sound.Babble;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CarvingTest {

  private static final int HEADER_BYTES = 44;

  @SuppressWarnings("NullAway.Init") // set before the first test
  private static Media media;

  @BeforeAll
  static void open(@TempDir Path data) {
    media = TestMedia.in(data);
  }

  @AfterAll
  static void close() throws IOException {
    media.close();
  }

  private static CutWish wish(double secondsMax, CutWish.Cut cut) {
    return new CutWish(
        AudioEncoding.WAV, secondsMax, cut, Optional.empty(), false, OptionalInt.empty());
  }

  private record Carved(List<SoundPiece> pieces, double seconds, int channels) {}

  private static Carved carved(byte[] file, CutWish wish) {
    SoundPieces opened = media.sounds().pieces(Sound.of(file, AudioFormat.UNSTATED), wish).join();
    CompletableFuture<List<SoundPiece>> all = new CompletableFuture<>();
    opened.pieces().subscribe(new Taker(all));
    return new Carved(all.join(), opened.length().seconds(), opened.channels());
  }

  /** What a recogniser would say of all pieces, with times of the whole sound. */
  private static List<TimedWord> heard(List<SoundPiece> pieces) {
    List<TimedWord> words = new ArrayList<>();
    for (SoundPiece piece : pieces) {
      for (TimedWord word : Ears.hear(piece.clip().bytes())) {
        words.add(new TimedWord(word.text(), piece.timeOf(word.start()), piece.timeOf(word.end())));
      }
    }
    return words;
  }

  private static void assertSame(List<TimedWord> heard, List<TimedWord> said) {
    assertThat(heard)
        .extracting(TimedWord::text)
        .containsExactlyElementsOf(said.stream().map(TimedWord::text).toList());
    for (int i = 0; i < said.size(); i++) {
      assertThat(heard.get(i).start()).isEqualTo(said.get(i).start(), within(0.03));
      assertThat(heard.get(i).end()).isEqualTo(said.get(i).end(), within(0.03));
    }
  }

  private static Talk talk(int rateHz, int phrases) {
    Talk talk = Talk.begin(rateHz).silence(0.8);
    for (int i = 0; i < phrases; i++) {
      talk = talk.say("phrase number " + i + " goes like this").silence(i % 3 == 0 ? 1.2 : 0.6);
    }
    return talk;
  }

  @Test
  void aSoundThatIsShortEnoughStaysAsItIs() {
    byte[] wav = Babble.wav(Clip.RATE_HZ, 9, 1);
    Carved carved = carved(wav, wish(600, CutWish.Cut.WHERE_NEEDED));
    assertThat(carved.pieces()).hasSize(1);
    assertThat(carved.pieces().getFirst().clip().bytes()).isEqualTo(wav);
    assertThat(carved.pieces().getFirst().silent()).isFalse();
    assertThat(carved.seconds()).isEqualTo(9);
  }

  @Test
  void cutsWhatIsTooLongAtPausesAndLosesNoSample() throws IOException {
    Talk talk = talk(Clip.RATE_HZ, 24);
    byte[] wav = talk.wav();
    List<SoundPiece> pieces = carved(wav, wish(12, CutWish.Cut.WHERE_NEEDED)).pieces();
    assertThat(pieces).hasSizeGreaterThan(3);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (SoundPiece piece : pieces) {
      assertThat(piece.clip().seconds()).isLessThanOrEqualTo(12);
      byte[] bytes = piece.clip().bytes();
      joined.write(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    }
    assertThat(joined.toByteArray()).isEqualTo(Arrays.copyOfRange(wav, HEADER_BYTES, wav.length));
    assertSame(heard(pieces), talk.words());
  }

  @Test
  void soundWithoutPausesIsCutAnyway() {
    byte[] wav = Babble.wav(Clip.RATE_HZ, 20, 7);
    List<SoundPiece> pieces = carved(wav, wish(3, CutWish.Cut.WHERE_NEEDED)).pieces();
    assertThat(pieces.stream().mapToLong(p -> p.clip().samples() - p.sharedBefore()).sum())
        .isEqualTo(20L * Clip.RATE_HZ);
    assertThat(pieces).allSatisfy(p -> assertThat(p.clip().seconds()).isLessThanOrEqualTo(3));
  }

  @Test
  void stretchesOfSpeechCanBeTakenApart() {
    Talk talk = talk(48_000, 6);
    List<SoundPiece> pieces = carved(talk.wav(), wish(600, CutWish.Cut.AT_PAUSES)).pieces();
    assertThat(pieces).hasSize(6);
    assertSame(heard(pieces), talk.words());
  }

  @Test
  void onlySpeechIsKeptWhereThatIsWantedAndTimesStayThoseOfTheSound() {
    Talk talk =
        Talk.begin(Clip.RATE_HZ)
            .silence(5)
            .say("first there was nothing")
            .silence(20)
            .say("and much later this")
            .silence(7);
    CutWish wish =
        new CutWish(
            AudioEncoding.WAV,
            600,
            CutWish.Cut.WHERE_NEEDED,
            Optional.of(TurnDetection.UNSTATED),
            false,
            OptionalInt.empty());
    Carved carved = carved(talk.wav(), wish);
    assertThat(carved.pieces()).hasSize(1);
    assertThat(carved.pieces().getFirst().clip().seconds()).isLessThan(talk.seconds() - 28);
    assertSame(heard(carved.pieces()), talk.words());
    assertThat(carved.seconds()).isEqualTo(talk.seconds(), within(0.001));
  }

  @Test
  void silenceIsNoticedAndSpeechlessSoundGivesNothingWhereSpeechIsWanted() {
    byte[] silence = Babble.wav(new float[16_000 * 4], 16_000);
    assertThat(carved(silence, wish(600, CutWish.Cut.WHERE_NEEDED)).pieces())
        .singleElement()
        .satisfies(piece -> assertThat(piece.silent()).isTrue());
    assertThat(carved(silence, wish(600, CutWish.Cut.AT_PAUSES)).pieces()).isEmpty();
  }

  @Test
  void soundThatIsTooLongIsRefusedAtOnce(@TempDir Path folder) throws IOException {
    byte[] wav = Babble.wav(8_000, 1, 5);
    int bytes = 8_000 * 2 * 13 * 3_600;
    ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).putInt(4, bytes + 36).putInt(40, bytes);
    Path hours = folder.resolve("hours.wav");
    Files.write(hours, wav);
    try (var file = FileChannel.open(hours, StandardOpenOption.WRITE)) {
      // Nothing lies between: the file system keeps no zeros.
      file.write(ByteBuffer.allocate(1), HEADER_BYTES + bytes - 1L);
    }
    Sound sound = Sound.file(hours, AudioFormat.UNSTATED);
    assertThatThrownBy(
            () -> media.sounds().pieces(sound, wish(600, CutWish.Cut.WHERE_NEEDED)).join())
        .cause()
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.error()).isInstanceOf(HubError.TooLarge.class));
  }

  @Test
  void flacClipsHoldTheSameSamples() {
    byte[] wav = Babble.wav(Clip.RATE_HZ, 2, 3);
    CutWish flac =
        new CutWish(
            AudioEncoding.FLAC,
            600,
            CutWish.Cut.WHERE_NEEDED,
            Optional.empty(),
            false,
            OptionalInt.empty());
    Clip clip = carved(wav, flac).pieces().getFirst().clip();
    assertThat(clip.encoding()).isEqualTo(AudioEncoding.FLAC);
    assertThat(clip.bytes().length).isLessThan(wav.length);
    assertThat(carved(clip.bytes(), wish(600, CutWish.Cut.WHERE_NEEDED)).pieces())
        .singleElement()
        .satisfies(piece -> assertThat(piece.clip().bytes()).isEqualTo(wav));
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
