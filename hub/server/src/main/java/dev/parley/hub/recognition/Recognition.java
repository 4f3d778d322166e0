package dev.parley.hub.recognition;

import dev.parley.hub.recognition.live.LiveOrder;
import dev.parley.hub.recognition.live.LiveRecognized;
import dev.parley.hub.recognition.order.RecognitionOrder;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Has speech written down. What is wrong with an order fails the events, with a {@link
 * dev.parley.core.error.HubException}; nothing is sent before they are subscribed to.
 */
public interface Recognition {

  /**
   * A recording that is there as a whole. For {@link
   * dev.parley.core.recognition.RecognitionTask#DETECT_LANGUAGE} the transcript holds languages and
   * no text.
   *
   * @param loop the event loop of the caller's stream
   * @param patience how long the caller is willing to wait
   */
  Recognized recognize(RecognitionOrder order, ScheduledExecutorService loop, Duration patience);

  /** Sound that is still arriving; else as above. */
  LiveRecognized listen(LiveOrder order, ScheduledExecutorService loop);
}
