package dev.parley.adapters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.error.HubError;
import dev.parley.core.json.Json;
import dev.parley.core.model.Caller;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.recognition.SpeakerWish;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.core.spi.Backend;
import dev.parley.testkit.backend.Behaviour;
import dev.parley.testkit.content.Dialogue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every adapter does that tells who spoke when. */
abstract class DiarizerContract extends SpeakerContract {

  static final Dialogue TALK =
      Dialogue.of(
          new Dialogue.Turn(0, 0.5, 2), new Dialogue.Turn(1, 1.5, 3.5), new Dialogue.Turn(0, 4, 5));

  DiarizationAbilities abilities() {
    return backend.diarization().orElseThrow().abilities(model());
  }

  @Override
  Flow.Publisher<SpeakerEvent> ask(Backend to) {
    return ask(to, SpeakerWish.NONE, "{}");
  }

  Flow.Publisher<SpeakerEvent> ask(Backend to, SpeakerWish speakers, String extra) {
    return to.diarization()
        .orElseThrow()
        .diarize(
            new DiarizationCall(
                clip(TALK),
                speakers,
                Json.parse(extra.getBytes(StandardCharsets.UTF_8)),
                "req-1",
                Map.of(),
                Caller.ANYONE),
            new Target("under-test", model()));
  }

  static SpeakerWish counts(OptionalInt exactly, OptionalInt atLeast, OptionalInt atMost) {
    return new SpeakerWish(exactly, atLeast, atMost, List.of());
  }

  @Test
  void tellsWhoSpokeWhenOverlapsIncluded() {
    Diarization found = SpeakerAnswers.all(ask(backend)).diarization();
    assertThat(found.speakers()).isEqualTo(2);
    assertThat(found.turns())
        .extracting(SpeakerTurn::speaker)
        .containsExactly("SPEAKER_00", "SPEAKER_01", "SPEAKER_00");
    for (int i = 0; i < 3; i++) {
      Dialogue.Turn said = TALK.turns().get(i);
      assertThat(found.turns().get(i).start()).isCloseTo(said.start(), within(0.06));
      assertThat(found.turns().get(i).end()).isCloseTo(said.end(), within(0.06));
    }
    assertThat(found.seconds()).hasValue(5.2);
  }

  @Test
  void readsLeniently() {
    String reply =
        "{\"x\":[1],\"segments\":[{\"speaker\":\"B\",\"start\":2,\"end\":3.5,\"y\":null},"
            + "{\"speaker\":\"A\",\"start\":-0.01,\"end\":1},"
            + "{\"speaker\":\"C\",\"start\":0.5,\"end\":0.25}]}";
    fake.enqueue(Behaviour.status(200, reply));
    Diarization found = SpeakerAnswers.all(ask(backend)).diarization();
    assertThat(found.turns()).extracting(SpeakerTurn::speaker).containsExactly("A", "C", "B");
    assertThat(found.turns().getFirst().start()).isZero();
    assertThat(found.turns()).allMatch(turn -> turn.end() >= turn.start());
    assertThat(found.seconds()).isEmpty();
  }

  @Test
  void nobodySpeakingIsAnAnswer() {
    fake.enqueue(Behaviour.status(200, "{\"segments\":[]}"));
    assertThat(SpeakerAnswers.all(ask(backend)).diarization().turns()).isEmpty();
  }

  @Test
  void tellsHowManySpeakersThereAreWhereItCan() {
    Assumptions.assumeTrue(abilities().counts());
    var one = counts(OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty());
    assertThat(SpeakerAnswers.all(ask(backend, one, "{}")).diarization().speakers()).isEqualTo(1);
    assertThat(form().text("num_speakers")).contains("1");
    var some = counts(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(3));
    SpeakerAnswers.all(ask(backend, some, "{}"));
    assertThat(form().text("num_speakers")).isEmpty();
    assertThat(form().text("min_speakers")).contains("2");
    assertThat(form().text("max_speakers")).contains("3");
  }

  @Test
  void namesThoseWhomItKnowsWhereItCan() {
    Assumptions.assumeTrue(abilities().knownMax() > 0);
    var known =
        new SpeakerWish(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(
                new KnownSpeaker("Zoë", clip(Dialogue.voice(1, 2))),
                new KnownSpeaker("Nobody", clip(Dialogue.voice(5, 2)))));
    assertThat(SpeakerAnswers.all(ask(backend, known, "{}")).diarization().turns())
        .extracting(SpeakerTurn::speaker)
        .containsExactly("SPEAKER_00", "Zoë", "SPEAKER_00");
  }

  @Test
  void membersThatNobodyModelsArriveAndOverwriteNothing() {
    SpeakerAnswers.all(
        ask(
            backend,
            SpeakerWish.NONE,
            "{\"x_deep\":{\"a\":[1.0]},\"x_text\":\"b\",\"file\":\"c\"}"));
    assertThat(form().text("x_deep")).contains("{\"a\":[1.0]}");
    assertThat(form().text("x_text")).contains("b");
    assertThat(form().texts("file")).hasSize(1);
    assertThat(SpeakerAnswers.all(ask(backend, SpeakerWish.NONE, "{\"a\\r\\nb\":1}")).error())
        .isInstanceOf(HubError.InvalidRequest.class);
  }
}
