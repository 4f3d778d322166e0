package dev.parley.hub.voice;

import dev.parley.core.speech.Recording;
import dev.parley.hub.media.Sound;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The recordings of voices as backends take them, of which the last ones are at hand. Thread-safe;
 * nothing here waits.
 */
final class VoiceRecordings {

  private static final long CACHE_BYTES_MAX = 64 << 20;

  private final LazyShelf shelf;
  private final Examiner examiner;
  private final RecordingCache cache = new RecordingCache(CACHE_BYTES_MAX);

  VoiceRecordings(LazyShelf shelf, Examiner examiner) {
    this.shelf = shelf;
    this.examiner = examiner;
  }

  CompletableFuture<List<Recording>> of(LibraryVoice voice) {
    return shelf
        .run(open -> {
          List<StoredReference> stored = open.read(rows -> rows.references(voice.id()));
          if (stored.isEmpty()) {
            throw VoiceRules.missing(voice.name(), List.of());
          }
          return new Wanted(open, stored);
        })
        .thenCompose(wanted -> from(0, wanted));
  }

  private record Wanted(VoiceShelf shelf, List<StoredReference> references) {}

  private CompletableFuture<List<Recording>> from(int index, Wanted wanted) {
    if (index == wanted.references().size()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return recording(wanted.shelf(), wanted.references().get(index))
        .thenCompose(one ->
            from(index + 1, wanted)
                .thenApply(rest -> Stream.concat(Stream.of(one), rest.stream()).toList()));
  }

  private CompletableFuture<Recording> recording(VoiceShelf open, StoredReference stored) {
    return bare(open, stored)
        .thenApply(recording -> RecordingDesk.said(recording, stored.reference().transcript()));
  }

  /** Without what is said in it, which is not the same in each voice that has it. */
  private CompletableFuture<Recording> bare(VoiceShelf open, StoredReference stored) {
    String sha256 = stored.reference().sha256();
    String key = sha256 + " " + stored.declared();
    Optional<Recording> there = cache.get(key);
    if (there.isPresent()) {
      return CompletableFuture.completedFuture(there.get());
    }
    return examiner
        .examine(Sound.file(open.sounds().file(sha256), stored.declared()), "voice")
        .thenApply(found -> {
          cache.put(key, found.recording());
          return found.recording();
        });
  }
}
