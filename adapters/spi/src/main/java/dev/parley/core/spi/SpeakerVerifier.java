package dev.parley.core.spi;

import dev.parley.core.model.Target;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.VerificationCall;
import java.util.concurrent.Flow;

/** The ability to tell whether two recordings are of the same person. */
public interface SpeakerVerifier {

  /** Longest clip in seconds. */
  double secondsMax(String model);

  /** Answers with {@link SpeakerEvent.Compared}; else as {@link Recognizer#recognize}. */
  Flow.Publisher<SpeakerEvent> verify(VerificationCall call, Target target);
}
