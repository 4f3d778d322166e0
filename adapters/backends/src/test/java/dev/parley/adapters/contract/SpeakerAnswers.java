package dev.parley.adapters.contract;

import dev.parley.core.speakers.Diarization;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.core.speakers.Verification;
import java.util.List;
import java.util.concurrent.Flow;

/** What came of a question about speakers. */
final class SpeakerAnswers extends EventRecorder<SpeakerEvent> {

  private SpeakerAnswers(long first) {
    super(first);
  }

  /** Subscribed, with a first demand; none when that is 0. */
  static SpeakerAnswers of(Flow.Publisher<SpeakerEvent> publisher, long first) {
    SpeakerAnswers answers = new SpeakerAnswers(first);
    publisher.subscribe(answers);
    return answers;
  }

  /** Everything that came, once it ended. */
  static SpeakerAnswers all(Flow.Publisher<SpeakerEvent> publisher) {
    SpeakerAnswers answers = of(publisher, Long.MAX_VALUE);
    answers.awaitEnd();
    return answers;
  }

  Diarization diarization() {
    return answer(SpeakerEvent.Turns.class).diarization();
  }

  Verification verification() {
    return answer(SpeakerEvent.Compared.class).verification();
  }

  private <E extends SpeakerEvent> E answer(Class<E> type) {
    List<SpeakerEvent> events = events();
    if (failure() != null || events.size() != 2 || !type.isInstance(events.get(1))) {
      throw new AssertionError("not one answer: " + events, failure());
    }
    return type.cast(events.get(1));
  }
}
