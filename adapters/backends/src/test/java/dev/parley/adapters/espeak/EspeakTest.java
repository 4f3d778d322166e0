package dev.parley.adapters.espeak;

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
import dev.parley.core.speech.SpeechText;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Synthesizer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledIf(
    value = "dev.parley.adapters.espeak.Program#isInstalled",
    disabledReason = "espeak-ng is not installed here")
class EspeakTest {

  private static final Target TARGET = new Target("espeak-ng", "espeak-ng");
  private static Backend backend;
  private static Synthesizer espeak;

  @BeforeAll
  static void open() {
    backend = Calls.open("espeak-ng", URI.create("local:espeak-ng"));
    espeak = backend.speech().orElseThrow();
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Heard heard(SpeechCall call) {
    return Heard.all(espeak.speak(call, TARGET));
  }

  private static SpeechCall ssml(String document) {
    return Heard.call(new SpeechText.Ssml(document), new TargetVoice.Usual(), "{}");
  }

  private static SpeechCall in(String voice, String text) {
    return Heard.call(new SpeechText.Plain(text), new TargetVoice.Preset(voice), "{}");
  }

  @Test
  void speaksBareSamplesWithoutTheirHeader() {
    Heard heard = heard(Heard.call("The quick brown fox jumps over the lazy dog."));
    assertThat(heard.completed()).isTrue();
    assertThat(heard.opened())
        .isEqualTo(
            new SpeechEvent.Opened(AudioFormat.of(AudioEncoding.PCM_S16LE, 22_050, 1), "en-us"));
    assertThat(heard.seconds()).isBetween(2.0, 4.5);
    float[] samples = heard.samples();
    assertThat(samples[0]).isBetween(-0.01f, 0.01f);
    assertThat(IntStream.range(0, samples.length).mapToDouble(i -> samples[i]).max().orElse(0))
        .isGreaterThan(0.1);
  }

  @Test
  void saysTheSameEachTime() {
    SpeechCall call = Heard.call("The same words.");
    assertThat(heard(call).sound()).isEqualTo(heard(call).sound());
  }

  @Test
  void speaksFasterAndSlower() {
    SpeechCall call = Heard.call("One thing after the other, at its own pace, and no sooner.");
    double usual = heard(call).seconds();
    assertThat(heard(Heard.with(call, 2, "", Set.of())).seconds() / usual)
        .isCloseTo(0.5, within(0.1));
    assertThat(heard(Heard.with(call, 0.5, "", Set.of())).seconds() / usual)
        .isCloseTo(2, within(0.3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "de-DE", "de_AT", "DE-de-1996"})
  void findsTheVoiceOfALanguage(String tag) {
    SpeechCall call = Heard.with(Heard.call("Guten Tag."), 1, tag, Set.of());
    assertThat(heard(call).opened().voice()).isEqualTo("de");
  }

  @Test
  void refusesALanguageThatNoVoiceSpeaks() {
    SpeechCall call = Heard.with(Heard.call("Hello."), 1, "tlh-Latn", Set.of());
    assertThat(heard(call).error()).isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void takesAVoiceByItsTagOrItsName() {
    assertThat(heard(in("fr-FR", "Bonjour.")).opened().voice()).isEqualTo("fr-fr");
    assertThat(heard(in("German", "Guten Tag.")).opened().voice()).isEqualTo("de");
  }

  @ParameterizedTest
  @ValueSource(strings = {"frfr", "../../../etc/passwd", "-w/tmp/x", "de;ls", ""})
  void knowsNoOtherVoice(String name) {
    HubError error = heard(in(name, "Bonjour.")).error();
    assertThat(error)
        .isInstanceOfSatisfying(
            HubError.NotFound.class,
            missing -> {
              assertThat(missing.kind()).isEqualTo(HubError.NotFound.Kind.VOICE);
              assertThat(missing.nearest())
                  .isEqualTo(name.equals("frfr") ? Optional.of("fr-fr") : missing.nearest());
            });
  }

  @Test
  void listsVoicesTheUsualOneFirst() {
    List<PresetVoice> voices = espeak.voices("espeak-ng").join().orElseThrow();
    assertThat(voices.getFirst().name()).isEqualTo("en-us");
    assertThat(voices)
        .extracting(PresetVoice::name)
        .contains("de", "fr-fr")
        .doesNotHaveDuplicates();
    assertThat(backend.models().join().getFirst().languages()).contains("de", "zh", "no");
    assertThat(espeak.abilities("espeak-ng").languages()).contains("de");
  }

  @Test
  void readsSsml() {
    double without = heard(ssml("<speak>One two.</speak>")).seconds();
    double with = heard(ssml("<speak>One <break time=\"2s\"/> two.</speak>")).seconds();
    assertThat(with - without).isBetween(1.5, 2.5);
  }

  @Test
  void readsTagsOfPlainTextAloud() {
    double plain = heard(Heard.call("One <break time=\"20s\"/> two.")).seconds();
    assertThat(plain).isLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<speak><audio src=\"/etc/passwd\"/>Hi</speak>",
        "<speak><AUDIO src='x'>Hi</AUDIO></speak>",
        "<speak>< audio src=\"x\"/>Hi</speak>",
        "<speak><!-- > --><audio src=\"x\"/></speak>",
        "<speak><voice name=\"../../x\">Hi</voice></speak>",
        "<speak><voice name = /etc/x>Hi</voice></speak>"
      })
  void keepsSsmlFromReadingFiles(String document) {
    assertThat(heard(ssml(document)).error()).isInstanceOf(HubError.CapabilityMissing.class);
  }

  @Test
  void readsNoSignsForPhonemes() {
    assertThat(heard(Heard.call("[[h@l'oU]]")).seconds())
        .isNotCloseTo(heard(Heard.call("hello")).seconds(), within(0.2));
  }

  @Test
  void refusesWhatItCannotDo() {
    TargetVoice described = new TargetVoice.Described("calm");
    assertThat(heard(Heard.call(new SpeechText.Plain("Hi"), described, "{}")).error())
        .isInstanceOf(HubError.CapabilityMissing.class);
    assertThat(heard(Heard.call("a".repeat(10_001))).error())
        .isInstanceOf(HubError.InvalidRequest.class);
  }

  @Test
  void speaksALongTextWhole() {
    Heard heard = heard(Heard.call("It goes on and on. ".repeat(500)));
    assertThat(heard.completed()).isTrue();
    assertThat(heard.seconds()).isGreaterThan(300);
  }

  @Test
  void givesNoMoreThanWasAskedFor() {
    Heard heard = Heard.some(espeak.speak(Heard.call("Hello. And again."), TARGET), 3);
    heard.until(() -> heard.events().size() >= 3);
    assertThat(heard.events()).hasSize(3);
    for (SpeechEvent event : heard.events().subList(1, 3)) {
      assertThat(((SpeechEvent.Sound) event).bytes().length).isLessThanOrEqualTo(4_410);
    }
    heard.subscription().request(Long.MAX_VALUE);
    heard.until(heard::completed);
  }

  @Test
  void endsTheProcessWhenNobodyListens() throws Exception {
    Heard heard =
        Heard.some(espeak.speak(Heard.call("It goes on and on. ".repeat(500)), TARGET), 2);
    heard.until(() -> heard.events().size() >= 2);
    List<ProcessHandle> running =
        ProcessHandle.current()
            .children()
            .filter(child -> child.info().command().orElse("").endsWith("espeak-ng"))
            .toList();
    assertThat(running).isNotEmpty();
    heard.subscription().cancel();
    for (ProcessHandle process : running) {
      process.onExit().get(10, TimeUnit.SECONDS);
    }
    assertThat(heard.completed()).isFalse();
  }

  @Test
  void isHealthyWhereItIsInstalled() {
    assertThat(backend.probe().join()).isEqualTo(new BackendStatus.Healthy(""));
  }

  @Test
  void survivesAProgramThatIsNone(@TempDir Path folder) throws Exception {
    Path fake = Files.writeString(folder.resolve("espeak-ng"), "#!/bin/sh\necho nothing\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    try (EspeakBackend odd = EspeakLoops.backend(new Program(folder.toString()))) {
      assertThat(odd.probe().join()).isEqualTo(new BackendStatus.Down("espeak-ng lists no voices"));
    }
  }
}
