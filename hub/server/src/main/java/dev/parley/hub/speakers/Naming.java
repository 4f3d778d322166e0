package dev.parley.hub.speakers;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.core.speakers.SpeakerTurn;
import dev.parley.core.speakers.Verification;
import dev.parley.hub.media.ClipWish;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.Span;
import dev.parley.hub.telemetry.CallRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Finds out which labels are those of known speakers, one comparison after the other. Belongs to
 * the caller's event loop.
 */
final class Naming {

  private final SpeakerQuestion<?> question;
  private final List<VerifierStep> verifiers;
  private final List<KnownSpeaker> known;
  private final Clip clip;
  private final List<SpeakerTurn> turns;
  private final SpeakerCalls calls;
  private final LocalSound sounds;
  private final Consumer<List<SpeakerTurn>> then;
  private final List<NameChoice.Sample> samples;
  private final List<NameChoice.Likeness> alike = new ArrayList<>();
  private final CallRecord record;

  Naming(
      SpeakerQuestion<?> question,
      List<VerifierStep> verifiers,
      List<KnownSpeaker> known,
      Clip clip,
      List<SpeakerTurn> turns,
      SpeakerCalls calls,
      LocalSound sounds,
      Consumer<List<SpeakerTurn>> then) {
    this.question = question;
    this.verifiers = verifiers;
    this.known = known;
    this.clip = clip;
    this.turns = turns;
    this.calls = calls;
    this.sounds = sounds;
    this.then = then;
    this.samples = NameChoice.samples(turns, known.size());
    // The comparisons are a call of their own, which the diarization's record must not show.
    this.record = calls.record("verification", question.asker(), "");
  }

  void begin() {
    sample(0);
  }

  private void sample(int index) {
    if (index == samples.size()) {
      calls.ended(record);
      then.accept(NameChoice.named(turns, NameChoice.names(alike)));
      return;
    }
    NameChoice.Sample sample = samples.get(index);
    Sound whole = Sound.of(clip.bytes(), AudioFormat.UNSTATED);
    Span span = new Span(sample.start(), OptionalDouble.of(sample.end()));
    ClipWish wish =
        new ClipWish(
            "audio", AudioEncoding.WAV, span, References.SECONDS_MAX, References.BYTES_MAX);
    question
        .asking()
        .then(sounds.clip(whole, wish), cut -> compare(index, sample.label(), cut.clip(), 0));
  }

  private void compare(int index, String label, Clip cut, int reference) {
    if (reference == known.size()) {
      sample(index + 1);
      return;
    }
    KnownSpeaker speaker = known.get(reference);
    question
        .asking()
        .hear(
            calls.comparison(question, record, verifiers, cut, speaker.reference()),
            event -> {
              SpeakerQuestion.heard(record, cut.seconds() + speaker.reference().seconds());
              Verification found = SpeakerQuestion.verification(event);
              if (found.same()) {
                alike.add(new NameChoice.Likeness(label, speaker.name(), found.similarity()));
              }
              compare(index, label, cut, reference + 1);
            });
  }
}
