package dev.parley.hub.speech;

import dev.parley.core.speech.Recording;
import dev.parley.hub.media.Sound;
import dev.parley.hub.voice.LibraryVoice;
import dev.parley.hub.voice.Placement;
import dev.parley.hub.voice.RecordingDesk;
import dev.parley.hub.voice.VoiceLibrary;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The voice library as a synthesis uses it. */
record LibraryVoices(VoiceLibrary library, RecordingDesk desk) implements VoiceSource {

  private static final String FIELD = "config.voice.prompt.audio";

  @Override
  public CompletableFuture<Optional<KnownVoice.Library>> find(String name) {
    return library
        .find(name)
        .thenCompose(found ->
            found
                .map(this::withRecordings)
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
  }

  private CompletableFuture<Optional<KnownVoice.Library>> withRecordings(LibraryVoice voice) {
    return library
        .recordings(voice)
        .thenApply(recordings -> Optional.of(new KnownVoice.Library(voice, recordings)));
  }

  @Override
  public CompletableFuture<Recording> recording(Sound sound, String transcript) {
    return desk.recording(sound, transcript, FIELD);
  }

  @Override
  public CompletableFuture<Collection<String>> names() {
    return library.names();
  }

  @Override
  public CompletableFuture<Optional<String>> placed(String contentKey, String backend) {
    return library.placed(contentKey, backend);
  }

  @Override
  public CompletableFuture<Void> place(Placement placement) {
    return library.place(placement);
  }

  @Override
  public CompletableFuture<Void> displaced(String contentKey, String backend) {
    return library.displaced(contentKey, backend);
  }
}
