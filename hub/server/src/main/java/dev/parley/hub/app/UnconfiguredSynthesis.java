package dev.parley.hub.app;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.SpeechText;
import dev.parley.core.time.Clock;
import dev.parley.hub.speech.LiveSpoken;
import dev.parley.hub.speech.LiveText;
import dev.parley.hub.speech.SpeechOrder;
import dev.parley.hub.speech.Spoken;
import dev.parley.hub.speech.SpokenEvent;
import dev.parley.hub.speech.Synthesis;
import dev.parley.hub.telemetry.CallFacts;
import dev.parley.hub.telemetry.CallRecord;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;

/** Refuses every text, because there is nothing that could speak it. */
final class UnconfiguredSynthesis implements Synthesis {

  private static final LiveText UNHEARD =
      new LiveText() {
        @Override
        public void add(String text) {}

        @Override
        public void flush() {}

        @Override
        public void cancel() {}

        @Override
        public void end() {}

        @Override
        public boolean isFull() {
          return false;
        }

        @Override
        public void onRoom(Runnable callback) {
          callback.run();
        }
      };

  private final Clock clock;

  UnconfiguredSynthesis(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Spoken speak(
      SpeechOrder order, SpeechText text, ScheduledExecutorService loop, Duration patience) {
    return refused(order);
  }

  @Override
  public LiveSpoken speakLive(SpeechOrder order, ScheduledExecutorService loop, Duration patience) {
    return new LiveSpoken(refused(order), UNHEARD);
  }

  private Spoken refused(SpeechOrder order) {
    CallFacts facts = new CallFacts(order.requestId(), "speech", order.model(), true);
    return new Spoken(UnconfiguredSynthesis::refuse, new CallRecord(facts, clock.nanoTime()));
  }

  private static void refuse(Flow.Subscriber<? super SpokenEvent> caller) {
    caller.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long count) {}

          @Override
          public void cancel() {}
        });
    caller.onError(new HubException(new HubError.NotConfigured("text to speech")));
  }
}
