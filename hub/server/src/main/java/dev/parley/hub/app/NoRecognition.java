package dev.parley.hub.app;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.hub.recognition.Recognition;
import dev.parley.hub.recognition.RecognitionOrder;
import dev.parley.hub.recognition.Recognized;
import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.LiveRecognized;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/** Stands where nobody writes down speech: every call is told so at once. */
final class NoRecognition implements Recognition {

  @Override
  public Recognized recognize(
      RecognitionOrder order, ScheduledExecutorService loop, Duration patience) {
    throw new HubException(new HubError.NotConfigured("recognition"));
  }

  @Override
  public LiveRecognized listen(LiveOrder order, ScheduledExecutorService loop) {
    throw new HubException(new HubError.NotConfigured("recognition"));
  }
}
