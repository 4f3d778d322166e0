package dev.parley.adapters.contract;

import dev.parley.core.recognition.RecognitionEvent;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.recognition.Word;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** What came of a recording to write down. */
public final class Written extends EventRecorder<RecognitionEvent> {

  private Written(long first) {
    super(first);
  }

  /** Subscribed, with a first demand; none when that is 0. */
  static Written of(Flow.Publisher<RecognitionEvent> publisher, long first) {
    Written written = new Written(first);
    publisher.subscribe(written);
    return written;
  }

  /** Everything that came, once it ended. */
  public static Written all(Flow.Publisher<RecognitionEvent> publisher) {
    Written written = of(publisher, Long.MAX_VALUE);
    written.awaitEnd();
    return written;
  }

  /** The answer at the end. */
  public Transcript transcript() {
    if (events().isEmpty() || !(events().getLast() instanceof RecognitionEvent.Answer answer)) {
      throw new AssertionError("does not end with Answer: " + events(), failure());
    }
    return answer.transcript();
  }

  /** The text that came while it was found. */
  public String deltas() {
    return events().stream()
        .filter(RecognitionEvent.Delta.class::isInstance)
        .map(event -> ((RecognitionEvent.Delta) event).text())
        .collect(Collectors.joining());
  }

  /** All words with their times. */
  public List<Word> words() {
    return transcript().segments().stream().flatMap(s -> s.words().stream()).toList();
  }
}
