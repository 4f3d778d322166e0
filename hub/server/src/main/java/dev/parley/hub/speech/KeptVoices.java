package dev.parley.hub.speech;

import dev.parley.core.speech.KeptVoice;
import dev.parley.core.spi.VoiceKeeper;
import dev.parley.hub.voice.Placement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that servers which keep recordings have those of a voice when they are to speak with
 * it: each set of recordings goes to each server once, when it is first needed. Thread-safe.
 */
final class KeptVoices {

  private final VoiceSource voices;
  private final Map<Place, CompletableFuture<String>> onTheWay = new ConcurrentHashMap<>();

  private record Place(String contentKey, String backend) {}

  KeptVoices(VoiceSource voices) {
    this.voices = voices;
  }

  /** What the voice is called at the backend, which is given it if it does not have it. */
  CompletableFuture<String> name(String backend, VoiceKeeper keeper, KeptVoice voice) {
    Place place = new Place(voice.contentKey(), backend);
    CompletableFuture<String> mine = new CompletableFuture<>();
    CompletableFuture<String> running = onTheWay.putIfAbsent(place, mine);
    if (running != null) {
      return running.copy();
    }
    var _ =
        voices
            .placed(place.contentKey(), backend)
            .thenCompose(known ->
                known
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(() -> give(place, keeper, voice)))
            .whenComplete((name, failure) -> {
              onTheWay.remove(place, mine);
              if (failure != null) {
                mine.completeExceptionally(failure);
              } else {
                mine.complete(name);
              }
            });
    return mine.copy();
  }

  private CompletableFuture<String> give(Place place, VoiceKeeper keeper, KeptVoice voice) {
    return keeper
        .keep(voice)
        .thenCompose(name ->
            voices
                .place(new Placement(place.contentKey(), place.backend(), name))
                .thenApply(_ -> name));
  }

  /** The backend has lost it: it is given the recordings again when they are needed again. */
  CompletableFuture<Void> lost(String backend, KeptVoice voice) {
    return voices.displaced(voice.contentKey(), backend);
  }
}
