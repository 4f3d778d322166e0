package dev.parley.core.spi;

import dev.parley.core.model.Target;
import dev.parley.core.speakers.DiarizationAbilities;
import dev.parley.core.speakers.DiarizationCall;
import dev.parley.core.speakers.SpeakerEvent;
import java.util.concurrent.Flow;

/** The ability to tell who spoke when. */
public interface Diarizer {

  /** What a model of this backend can do; cheap, asks nobody. */
  DiarizationAbilities abilities(String model);

  /** Answers with {@link SpeakerEvent.Turns}; else as {@link Recognizer#recognize}. */
  Flow.Publisher<SpeakerEvent> diarize(DiarizationCall call, Target target);
}
