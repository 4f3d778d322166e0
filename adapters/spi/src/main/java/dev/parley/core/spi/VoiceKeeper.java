package dev.parley.core.spi;

import dev.parley.core.speech.KeptVoice;
import java.util.concurrent.CompletableFuture;

/** A server that is given recordings once and speaks with them by name. */
public interface VoiceKeeper {

  /**
   * Gives the server a voice. Giving the same twice is harmless. Completes with the name by which
   * calls refer to it, exceptionally with a HubException.
   */
  CompletableFuture<String> keep(KeptVoice voice);

  /**
   * Has the server delete a voice; one that it does not have any more is fine. Completes with
   * whether the server can delete at all.
   */
  CompletableFuture<Boolean> forget(String name);
}
