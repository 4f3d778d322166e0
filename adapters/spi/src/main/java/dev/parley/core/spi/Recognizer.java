package dev.parley.core.spi;

import dev.parley.core.model.Target;
import dev.parley.core.recognition.RecognitionAbilities;
import dev.parley.core.recognition.RecognitionCall;
import dev.parley.core.recognition.RecognitionEvent;
import java.util.Optional;
import java.util.concurrent.Flow;

/** The ability to write down speech. */
public interface Recognizer {

  /** What a model of this backend can do, as far as is known now; cheap, asks nobody. */
  RecognitionAbilities abilities(String model);

  /**
   * Has a clip written down, or its language told. Nothing happens before the returned publisher is
   * subscribed to, and it may be subscribed to once. Cancelling the subscription, in any phase,
   * ends the backend's work at once. Fails with a {@link dev.parley.core.error.HubException} only:
   * with UnsupportedAudio when the server says that it cannot read the clip.
   */
  Flow.Publisher<RecognitionEvent> recognize(RecognitionCall call, Target target);

  /** Present when this model can also be told a stretch of speech while it is said. */
  default Optional<LiveRecognizer> live(String model) {
    return Optional.empty();
  }
}
