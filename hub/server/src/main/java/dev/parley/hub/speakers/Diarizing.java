package dev.parley.hub.speakers;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.hub.media.ClipWish;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.routing.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Finds out who spoke when, step by step. Belongs to the caller's event loop. */
final class Diarizing {

  private final SpeakerQuestion<Diarization> question;
  private final SpeakerOrder.Diarize order;
  private final SpeakerCalls calls;
  private final LocalSound sounds;
  private final List<KnownSpeaker> known = new ArrayList<>();

  Diarizing(
      SpeakerQuestion<Diarization> question,
      SpeakerOrder.Diarize order,
      SpeakerCalls calls,
      LocalSound sounds) {
    this.calls = calls;
    this.sounds = sounds;
    this.question = question;
    this.order = order;
  }

  void begin() {
    SpeakerOrder.Asker asker = order.asker();
    List<Plan.Step> targets = calls.steps(Capability.DIARIZATION, asker.model(), asker);
    List<VerifierStep> verifiers =
        order.speakers().known().isEmpty() ? List.of() : verifiersThere(asker);
    List<DiarizerStep> able =
        SpeakerPlans.diarizers(
            SpeakerCalls.shown(asker.model(), Capability.DIARIZATION),
            targets,
            order.speakers(),
            !verifiers.isEmpty());
    double seconds = able.stream().mapToDouble(s -> s.abilities().secondsMax()).max().orElse(0);
    long bytes = able.stream().mapToLong(s -> s.abilities().bytesMax()).max().orElse(0);
    AudioEncoding encoding = able.getFirst().abilities().encoding();
    ClipWish wish = ClipWish.of("audio", encoding, seconds, bytes);
    question
        .asking()
        .then(
            sounds.clip(order.sound(), wish),
            clipped -> {
              if (clipped.isSilent()) {
                answer(List.of(), clipped.clip());
              } else {
                references(0, () -> diarize(able, verifiers, clipped.clip()));
              }
            });
  }

  private List<VerifierStep> verifiersThere(SpeakerOrder.Asker asker) {
    try {
      return SpeakerPlans.verifiers("", calls.steps(Capability.SPEAKER_VERIFICATION, "", asker));
    } catch (HubException _) {
      return List.of();
    }
  }

  private void references(int index, Runnable then) {
    List<SpeakersWish.Known> wanted = order.speakers().known();
    if (index == wanted.size()) {
      then.run();
      return;
    }
    SpeakersWish.Known next = wanted.get(index);
    question
        .asking()
        .then(
            References.of(sounds, next),
            clip -> {
              known.add(new KnownSpeaker(next.name(), clip));
              references(index + 1, then);
            });
  }

  private void diarize(List<DiarizerStep> able, List<VerifierStep> verifiers, Clip clip) {
    Map<Target, DiarizerStep> fit = SpeakerPlans.taking(able, clip);
    question
        .asking()
        .hear(
            calls.diarization(question, fit, clip, order.speakers(), known),
            event -> {
              SpeakerQuestion.heard(question.record(), clip.seconds());
              named(SpeakerQuestion.turns(event), fit, verifiers, clip);
            });
  }

  /** Turns carry the names of known speakers, whoever finds out whose they are. */
  private void named(
      List<SpeakerTurn> turns,
      Map<Target, DiarizerStep> asked,
      List<VerifierStep> verifiers,
      Clip clip) {
    Target served = question.record().target();
    DiarizerStep by = served == null ? null : asked.get(served);
    if (known.isEmpty() || (by != null && by.knows())) {
      answer(turns, clip);
    } else {
      new Naming(
              question, verifiers, known, clip, turns, calls, sounds, named -> answer(named, clip))
          .begin();
    }
  }

  private void answer(List<SpeakerTurn> turns, Clip clip) {
    question.asking().answer(new Diarization(turns, OptionalDouble.of(clip.seconds())));
  }
}
