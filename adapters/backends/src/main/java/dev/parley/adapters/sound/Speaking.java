package dev.parley.adapters.sound;

import dev.parley.core.speech.SpeechEvent;
import java.util.function.Consumer;

/** A text while it is being spoken on this machine. Steps are made one after the other. */
public interface Speaking extends AutoCloseable {

  /**
   * Makes the next piece of the speech, which may take a while. Fails with a {@link
   * dev.parley.core.error.HubException}.
   *
   * @param out takes what was made, in order
   * @return whether more is to come
   */
  boolean step(Consumer<SpeechEvent> out);

  /**
   * Ends the work; called once, from any thread, also while a step is made, which then need not
   * come to anything. Does not wait.
   */
  @Override
  void close();
}
