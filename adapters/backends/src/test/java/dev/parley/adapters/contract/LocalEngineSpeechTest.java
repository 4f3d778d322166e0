package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.adapters.BackendTypes;
import dev.parley.core.error.HubError;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.TargetVoice;
import dev.parley.core.spi.Backend;
import dev.parley.core.spi.BackendStatus;
import dev.parley.core.spi.Synthesizer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link SynthesizerContract} asks of servers, asked of the engines of this machine: they have
 * no server to look at, and what they say cannot be read back.
 */
class LocalEngineSpeechTest {

  private static final String TEXT = "Hello there, my friend.";

  private final List<Backend> opened = new ArrayList<>();

  static List<String> engines() {
    return BackendTypes.builtIn();
  }

  @AfterEach
  void close() {
    opened.forEach(Backend::close);
  }

  private Backend backend(String type) {
    Backend backend = Calls.open(type, URI.create("local:" + type));
    opened.add(backend);
    return backend;
  }

  private Synthesizer open(String type) {
    return backend(type).speech().orElseThrow();
  }

  private static Flow.Publisher<SpeechEvent> send(Synthesizer engine, SpeechCalls call) {
    return engine.speak(call.call(), new Target("under-test", "local"));
  }

  private static Heard all(Synthesizer engine, SpeechCalls call) {
    return Heard.all(send(engine, call));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void isWellAndHasOneModel(String type) {
    Backend backend = backend(type);
    assertThat(Calls.type(type).defaultCapabilities()).isNotEmpty();
    assertThat(backend.spec().type()).isEqualTo(type);
    assertThat(backend.probe().join()).isInstanceOf(BackendStatus.Healthy.class);
    assertThat(backend.models().join()).hasSize(1);
    assertThat(backend.speech().orElseThrow().keeper()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void opensFirstAndSendsNoEmptySound(String type) {
    Synthesizer engine = open(type);
    for (SpeechCalls call : List.of(SpeechCalls.say(TEXT), SpeechCalls.say(TEXT).whole())) {
      Heard heard = all(engine, call);
      assertThat(heard.completed()).isTrue();
      assertThat(heard.events()).hasSizeGreaterThan(1);
      assertThat(heard.opened().format().encoding()).isPresent();
      assertThat(heard.events().stream().skip(1))
          .noneMatch(SpeechEvent.Opened.class::isInstance)
          .noneMatch(
              event -> event instanceof SpeechEvent.Sound(byte[] bytes) && bytes.length == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void canBeSubscribedToOnce(String type) {
    Flow.Publisher<SpeechEvent> publisher = send(open(type), SpeechCalls.say(TEXT));
    Heard.all(publisher);
    assertThat(Heard.all(publisher).failure()).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void refusesSenselessDemand(String type) {
    Heard heard = Heard.of(send(open(type), SpeechCalls.say(TEXT)), 0);
    heard.subscription().request(0);
    heard.awaitEnd();
    assertThat(heard.failure()).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void deliversNoMoreThanAsked(String type) {
    Synthesizer engine = open(type);
    Heard heard = Heard.of(send(engine, SpeechCalls.say(TEXT)), 0);
    int asked = 0;
    while (!heard.completed() && heard.failure() == null && asked < 2_000) {
      assertThat(heard.events()).hasSizeLessThanOrEqualTo(asked);
      asked++;
      heard.subscription().request(1);
      if (asked < 3) {
        heard.awaitEvents(asked);
      }
    }
    heard.awaitEnd();
    assertThat(heard.failure()).isNull();
    assertThat(heard.sound()).isEqualTo(all(engine, SpeechCalls.say(TEXT)).sound());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void whatItCannotDoIsRefusedByName(String type) {
    Synthesizer engine = open(type);
    SynthesisAbilities can = engine.abilities(type);
    SpeechCalls say = SpeechCalls.say(TEXT);
    if (!can.ssml()) {
      assertMissing(engine, say.ssml());
    }
    assertMissing(engine, say.told("Whisper."));
    assertMissing(engine, say.at(can.speedMax() * 2));
    assertMissing(engine, say.by(new TargetVoice.Described("An old man.")));
    assertMissing(
        engine, say.by(new TargetVoice.Recorded(List.of(SpeechCalls.recording("Hello.")))));
    assertMissing(
        engine,
        say.by(
            new TargetVoice.Blended(
                List.of(
                    new TargetVoice.Blended.Share("a", 0.5),
                    new TargetVoice.Blended.Share("b", 0.5)))));
  }

  private static void assertMissing(Synthesizer engine, SpeechCalls call) {
    SpeechCall refused = call.call();
    assertThat(all(engine, call).error())
        .as(refused.voice() + " at " + refused.speed())
        .isInstanceOf(HubError.CapabilityMissing.class);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void speaksAtThePacesThatItClaims(String type) {
    Synthesizer engine = open(type);
    double slow = seconds(engine, engine.abilities(type).speedMin());
    double fast = seconds(engine, engine.abilities(type).speedMax());
    assertThat(slow).isGreaterThan(fast * 2);
  }

  private static double seconds(Synthesizer engine, double speed) {
    Heard heard = all(engine, SpeechCalls.say(TEXT).at(speed));
    return heard.sound().length / 2.0 / heard.opened().format().sampleRateHz();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void anUnknownVoiceIsNotFound(String type) {
    TargetVoice nobody = new TargetVoice.Preset("nobody-at-all");
    assertThat(all(open(type), SpeechCalls.say(TEXT).by(nobody)).error())
        .isInstanceOfSatisfying(
            HubError.NotFound.class,
            error -> {
              assertThat(error.kind()).isEqualTo(HubError.NotFound.Kind.VOICE);
              assertThat(error.name()).isEqualTo("nobody-at-all");
            });
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theFirstVoiceIsTheUsualOne(String type) {
    Synthesizer engine = open(type);
    List<PresetVoice> voices = engine.voices(type).join().orElseThrow();
    assertThat(all(engine, SpeechCalls.say(TEXT)).opened().voice())
        .isEqualTo(voices.getFirst().name());
  }
}
