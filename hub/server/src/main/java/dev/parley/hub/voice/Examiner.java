package dev.parley.hub.voice;

import dev.parley.hub.media.Examined;
import dev.parley.hub.media.Sound;
import java.util.concurrent.CompletableFuture;

/** Hears recordings before they are taken. */
public interface Examiner {

  /**
   * What a recording is, if it will do as one of a voice.
   *
   * @param field the member of the request that brought it, for what is refused
   */
  CompletableFuture<Examined> examine(Sound sound, String field);
}
