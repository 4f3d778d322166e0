package dev.parley.hub.speakers;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Capability;
import dev.parley.core.recognition.Clip;
import dev.parley.core.speakers.Verification;
import dev.parley.hub.media.ClipWish;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Sound;
import java.util.List;
import java.util.function.Consumer;

/** Finds out whether it is the same person, step by step. Belongs to the caller's event loop. */
final class Verifying {

  private static final String VOICE_EXPECTED = "the voice of one person";

  /** Two hours of WAV. */
  private static final long VOICE_BYTES_MAX = 256L << 20;

  private final SpeakerQuestion<Verification> question;
  private final SpeakerOrder.Verify order;
  private final SpeakerCalls calls;
  private final LocalSound sounds;

  Verifying(
      SpeakerQuestion<Verification> question,
      SpeakerOrder.Verify order,
      SpeakerCalls calls,
      LocalSound sounds) {
    this.calls = calls;
    this.sounds = sounds;
    this.question = question;
    this.order = order;
  }

  void begin() {
    SpeakerOrder.Asker asker = order.asker();
    List<VerifierStep> able =
        SpeakerPlans.verifiers(
            SpeakerCalls.shown(asker.model(), Capability.SPEAKER_VERIFICATION),
            calls.steps(Capability.SPEAKER_VERIFICATION, asker.model(), asker));
    double seconds = able.stream().mapToDouble(VerifierStep::secondsMax).max().orElse(0);
    voice(
        "audio1",
        order.one(),
        seconds,
        one -> voice("audio2", order.other(), seconds, other -> compare(able, one, other)));
  }

  private void voice(String field, Sound sound, double seconds, Consumer<Clip> next) {
    ClipWish wish = ClipWish.of(field, AudioEncoding.WAV, seconds, VOICE_BYTES_MAX);
    question
        .asking()
        .then(
            sounds.clip(sound, wish),
            clipped -> {
              if (clipped.isSilent()) {
                throw new HubException(
                    new HubError.UnsupportedAudio(field, "nothing but silence", VOICE_EXPECTED));
              }
              next.accept(clipped.clip());
            });
  }

  private void compare(List<VerifierStep> able, Clip one, Clip other) {
    question
        .asking()
        .hear(
            calls.comparison(question, question.record(), able, one, other),
            event -> {
              SpeakerQuestion.heard(question.record(), one.seconds() + other.seconds());
              Verification found = SpeakerQuestion.verification(event);
              double threshold = order.threshold().orElse(found.threshold());
              question
                  .asking()
                  .answer(
                      new Verification(
                          found.similarity() >= threshold, found.similarity(), threshold));
            });
  }
}
