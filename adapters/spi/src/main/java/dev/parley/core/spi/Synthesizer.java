package dev.parley.core.spi;

import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.SpeechCall;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SynthesisAbilities;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** The ability to speak. */
public interface Synthesizer {

  /** What a model of this backend can do, as far as is known now; cheap, asks nobody. */
  SynthesisAbilities abilities(String model);

  /**
   * Has a text spoken. Nothing happens before the returned publisher is subscribed to, and it may
   * be subscribed to once. Cancelling the subscription, in any phase, ends the backend's work at
   * once. Fails with a {@link dev.parley.core.error.HubException} only: with NotFound of kind VOICE
   * when the server does not know the voice, also one that it was given once and has lost.
   */
  Flow.Publisher<SpeechEvent> speak(SpeechCall call, Target target);

  /**
   * The voices that a model brings, the usual one first; empty when the server does not tell, so
   * that any name may be tried. Completes exceptionally with a HubException when it cannot be
   * asked.
   */
  CompletableFuture<Optional<List<PresetVoice>>> voices(String model);

  /** Present when this server keeps recordings under names. */
  default Optional<VoiceKeeper> keeper() {
    return Optional.empty();
  }
}
