package dev.parley.hub.speech;

import dev.parley.core.speech.SpeechText;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Has texts spoken. What is wrong with an order fails the events, with a {@link
 * dev.parley.core.error.HubException}; nothing is sent before they are subscribed to.
 */
public interface Synthesis {

  /**
   * A text that is known.
   *
   * @param loop the event loop of the caller's stream
   * @param patience how long the caller is willing to wait
   */
  Spoken speak(
      SpeechOrder order, SpeechText text, ScheduledExecutorService loop, Duration patience);

  /** A text that is still being written; else as above. */
  LiveSpoken speakLive(SpeechOrder order, ScheduledExecutorService loop, Duration patience);
}
