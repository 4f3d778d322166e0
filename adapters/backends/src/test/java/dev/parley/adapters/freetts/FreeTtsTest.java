package dev.parley.adapters.freetts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.adapters.contract.Calls;
import dev.parley.adapters.sound.Heard;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechMark;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Synthesizer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeTtsTest {

  private static final Target TARGET = new Target("freetts", "freetts");
  private static Backend backend;
  private static Synthesizer freetts;

  @BeforeAll
  static void open() {
    backend = Calls.open("freetts", URI.create("local:freetts"));
    freetts = backend.speech().orElseThrow();
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Heard heard(SpeechCall call) {
    return Heard.all(freetts.speak(call, TARGET));
  }

  private static SpeechCall in(String voice) {
    TargetVoice preset = new TargetVoice.Preset(voice);
    return Heard.call(new SpeechText.Plain("Hello, my friend."), preset, "{}");
  }

  @Test
  void speaksAtSixteenKilohertz() {
    Heard heard = heard(Heard.call("The quick brown fox jumps over the lazy dog."));
    assertThat(heard.completed()).isTrue();
    assertThat(heard.opened())
        .isEqualTo(
            new SpeechEvent.Opened(AudioFormat.of(AudioEncoding.PCM_S16LE, 16_000, 1), "kevin16"));
    assertThat(heard.seconds()).isBetween(2.0, 4.5);
  }

  /** Samples with their bytes swapped are noise: neighbours would not be alike. */
  @Test
  void soundsLikeSpeechAndNotLikeNoise() {
    float[] samples = heard(Heard.call("Hello there, how are you?")).samples();
    double power =
        IntStream.range(0, samples.length).mapToDouble(i -> samples[i] * samples[i]).sum();
    double steps =
        IntStream.range(1, samples.length)
            .mapToDouble(i -> Math.pow(samples[i] - samples[i - 1], 2))
            .sum();
    assertThat(power / samples.length).isGreaterThan(1e-4);
    assertThat(steps / power).isLessThan(1);
  }

  @Test
  void hasASmallVoiceToo() {
    Heard heard = heard(in("kevin"));
    assertThat(heard.opened().format().sampleRateHz()).isEqualTo(8_000);
    assertThat(heard.seconds()).isCloseTo(heard(in("kevin16")).seconds(), within(0.1));
  }

  @Test
  void listsItsVoicesTheUsualOneFirst() {
    Optional<List<PresetVoice>> voices = freetts.voices("freetts").join();
    assertThat(voices.orElseThrow())
        .extracting(PresetVoice::name)
        .containsExactly("kevin16", "kevin");
  }

  @Test
  void tellsTheNearestVoice() {
    assertThat(heard(in("Kevin61")).error())
        .isEqualTo(
            new HubError.NotFound(HubError.NotFound.Kind.VOICE, "Kevin61", Optional.of("kevin16")));
  }

  @Test
  void speaksFasterAndSlower() {
    SpeechCall call = Heard.call("One thing after the other, at its own pace.");
    double usual = heard(call).seconds();
    assertThat(heard(Heard.with(call, 2, "", Set.of())).seconds() / usual)
        .isCloseTo(0.5, within(0.05));
    assertThat(heard(Heard.with(call, 0.5, "", Set.of())).seconds() / usual)
        .isCloseTo(2, within(0.1));
  }

  @Test
  void saysWhenEachWordIsHeard() {
    String text = "It\u2019s \uD83D\uDE00 5 o'clock. Come in, Dr. Smith!";
    SpeechCall call = Heard.with(Heard.call(text), 1, "", Set.of(SpeechMark.Kind.WORD));
    Heard heard = heard(call);
    List<SpeechMark> marks = heard.marks(SpeechMark.Kind.WORD);
    assertThat(marks)
        .extracting(SpeechMark::value)
        .containsExactly("It\u2019s", "5", "o'clock", "Come", "in", "Dr", "Smith");
    double before = 0;
    for (SpeechMark mark : marks) {
      assertThat(mark.start()).isGreaterThanOrEqualTo(before);
      assertThat(mark.end()).isGreaterThan(mark.start());
      before = mark.end();
      int from = text.offsetByCodePoints(0, mark.textStart());
      int to = text.offsetByCodePoints(0, mark.textEnd());
      assertThat(text.substring(from, to)).isEqualTo(mark.value());
    }
    assertThat(before).isLessThan(heard.seconds());
  }

  @Test
  void marksOfTheSecondSentenceLieBehindTheFirst() {
    SpeechCall call = Heard.call("This is the first. Then comes another.");
    Heard first = heard(Heard.call("This is the first."));
    List<SpeechMark> marks =
        heard(Heard.with(call, 1, "", Set.of(SpeechMark.Kind.WORD))).marks(SpeechMark.Kind.WORD);
    assertThat(marks.get(4).value()).isEqualTo("Then");
    assertThat(marks.get(4).start()).isCloseTo(first.seconds() + 0.2, within(0.05));
  }

  @Test
  void saysWhichPhonemesAreHeard() {
    SpeechCall call = Heard.with(Heard.call("Cats."), 1, "", Set.of(SpeechMark.Kind.PHONEME));
    assertThat(heard(call).marks(SpeechMark.Kind.PHONEME))
        .extracting(SpeechMark::value)
        .containsExactly("k", "ae", "t", "s");
  }

  @Test
  void saysNothingOfMarksUnasked() {
    assertThat(heard(Heard.call("Cats.")).events()).noneMatch(SpeechEvent.Marks.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "...",
        "!",
        "\uD83D\uDE00",
        "\u201CQuoted\u201D \u2014 caf\u00E9\u2026",
        "a\tb\u0000c\r\nd",
        "\uD83D",
        "1234567890123456789012345",
        "<speak>&amp;</speak>",
        "$1,234.56 at 3:45pm, Feb. 2nd",
        "http://example.org/a?b=c",
        "((((",
        "\"",
        "'",
        "-",
        "#@%^*",
        "\u4E2D\u6587 and English"
      })
  void survivesOddTexts(String text) {
    Heard heard = heard(Heard.call(text));
    assertThat(heard.completed()).isTrue();
    assertThat(heard.sound()).isNotEmpty();
  }

  @Test
  void refusesATextWithoutLatinLetters() {
    assertThat(heard(Heard.call("\u4E2D\u6587")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void refusesWhatIsTooLong() {
    assertThat(heard(Heard.call("a".repeat(1_001))).error())
        .isEqualTo(new HubError.InvalidRequest("input", "1001 characters", "up to 1000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "a", "b ", "w.", "! "})
  void speaksTheLongestTextsInBoundedTime(String piece) {
    String text = piece.repeat(1_000 / piece.length());
    Heard heard = heard(Heard.with(Heard.call(text), 0.5, "", Set.of()));
    assertThat(heard.completed()).isTrue();
  }

  @Test
  void refusesSsmlAndVoicesThatItCannotMake() {
    TargetVoice usual = new TargetVoice.Usual();
    assertThat(heard(Heard.call(new SpeechText.Ssml("<speak>Hi</speak>"), usual, "{}")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
    TargetVoice described = new TargetVoice.Described("a calm woman");
    assertThat(heard(Heard.call(new SpeechText.Plain("Hi"), described, "{}")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void givesNoMoreThanWasAskedFor() {
    Heard heard = Heard.some(freetts.speak(Heard.call("Hello. And again."), TARGET), 3);
    heard.until(() -> heard.events().size() >= 3);
    assertThat(heard.events()).hasSize(3);
    assertThat(((SpeechEvent.Sound) heard.events().get(1)).bytes()).hasSize(3_200);
    heard.subscription().request(Long.MAX_VALUE);
    heard.until(heard::completed);
  }

  @Test
  void stopsWhenNobodyListens() {
    Heard heard = Heard.some(freetts.speak(Heard.call("One. Two. Three. Four."), TARGET), 1);
    heard.until(() -> !heard.events().isEmpty());
    heard.subscription().cancel();
    assertThat(Heard.all(freetts.speak(Heard.call("Another."), TARGET)).completed()).isTrue();
    assertThat(heard.events()).hasSize(1);
    assertThat(heard.completed()).isFalse();
  }

  @Test
  void manySpeakAtOnceAndSayTheSame() {
    byte[] alone = heard(Heard.call("All of us say the same. Twice.")).sound();
    List<Heard> many =
        IntStream.range(0, 16)
            .mapToObj(_ ->
                Heard.some(
                    freetts.speak(Heard.call("All of us say the same. Twice."), TARGET),
                    Long.MAX_VALUE))
            .toList();
    for (Heard one : many) {
      one.until(one::completed);
      assertThat(one.sound()).isEqualTo(alone);
    }
  }

  @Test
  void printsNothing() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      assertThat(heard(Heard.call("Silence, please! \u00E9 \u4E2D")).completed()).isTrue();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void isAlwaysThere() {
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Healthy.class);
    assertThat(backend.models().join())
        .singleElement()
        .satisfies(model -> assertThat(model.id()).isEqualTo("freetts"));
    assertThat(backend.chat()).isEmpty();
  }
}
