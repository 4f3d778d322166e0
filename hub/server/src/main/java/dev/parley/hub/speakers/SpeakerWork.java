package dev.parley.hub.speakers;

import dev.parley.core.model.Target;
import dev.parley.core.speakers.SpeakerEvent;
import dev.parley.hub.resilience.Progress;
import dev.parley.hub.resilience.Work;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * One question about speakers as the executor sees it.
 *
 * @param call the call to each target that was planned
 */
record SpeakerWork(Function<Target, Flow.Publisher<SpeakerEvent>> call)
    implements Work<SpeakerEvent> {

  @Override
  public Flow.Publisher<SpeakerEvent> attempt(Target target) {
    return call.apply(target);
  }

  @Override
  public Progress progress(SpeakerEvent event) {
    return switch (event) {
      case SpeakerEvent.Opened _ -> Progress.HEAD;
      case SpeakerEvent.Turns _, SpeakerEvent.Compared _ -> Progress.LAST;
    };
  }
}
