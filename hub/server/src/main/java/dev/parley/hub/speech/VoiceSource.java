package dev.parley.hub.speech;

import dev.parley.core.speech.Recording;
import dev.parley.hub.media.Sound;
import dev.parley.hub.voice.Placement;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a synthesis needs of the voice library. Thread-safe; nothing in it waits. */
interface VoiceSource {

  /** A voice by its id or name, with its recordings; empty when the library does not have it. */
  CompletableFuture<Optional<KnownVoice.Library>> find(String name);

  /** Checks a recording that came with a call. */
  CompletableFuture<Recording> recording(Sound sound, String transcript);

  /** All names, for messages about unknown ones. */
  CompletableFuture<Collection<String>> names();

  /** What the recordings of this key are called at a backend that has them. */
  CompletableFuture<Optional<String>> placed(String contentKey, String backend);

  /** A backend has recordings from now on. */
  CompletableFuture<Void> place(Placement placement);

  /** A backend has lost them. */
  CompletableFuture<Void> displaced(String contentKey, String backend);
}
