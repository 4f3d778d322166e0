package dev.parley.hub.speakers;

import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.recognition.Clip;
import dev.parley.core.recognition.KnownSpeaker;
import dev.parley.hub.media.ClipWish;
import dev.parley.hub.media.Clipped;
import dev.parley.hub.media.LocalSound;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;

/** Recordings by which speakers are known. */
public final class References {

  static final double SECONDS_MAX = 10;

  /** A WAV file of that length has a third of it. */
  static final long BYTES_MAX = 1 << 20;

  private static final double SECONDS_MIN = 2;
  private static final String EXPECTED = "2..10 s of one person";

  private References() {}

  /** All of them, made ready for a backend; fails with a HubException about the first bad one. */
  public static CompletableFuture<List<KnownSpeaker>> of(
      LocalSound sounds, List<SpeakersWish.Known> known) {
    CompletableFuture<List<KnownSpeaker>> all =
        CompletableFuture.completedFuture(new ArrayList<>());
    for (SpeakersWish.Known next : known) {
      all =
          all.thenCompose(ready ->
              of(sounds, next)
                  .thenApply(clip -> {
                    ready.add(new KnownSpeaker(next.name(), clip));
                    return ready;
                  }));
    }
    return all;
  }

  /** A recording of a known speaker, which is long enough to tell a voice and no longer. */
  static CompletableFuture<Clip> of(LocalSound sounds, SpeakersWish.Known known) {
    ClipWish wish = ClipWish.of(known.field(), AudioEncoding.WAV, SECONDS_MAX, BYTES_MAX);
    CompletableFuture<Clipped> clipping = sounds.clip(known.reference(), wish);
    BiFunction<Clipped, Throwable, Clip> judged =
        (clipped, failure) -> {
          if (failure != null) {
            throw new CompletionException(ofReference(known.field(), failure));
          }
          double seconds = clipped.clip().seconds();
          if (seconds < SECONDS_MIN) {
            throw unsupported(known.field(), "%.1f s of sound".formatted(seconds));
          }
          if (clipped.isSilent()) {
            throw unsupported(known.field(), "nothing but silence");
          }
          return clipped.clip();
        };
    CompletableFuture<Clip> judging = clipping.handle(judged);
    var _ = judging.whenComplete((_, _) -> clipping.cancel(false));
    return judging;
  }

  private static Throwable ofReference(String field, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    return cause instanceof HubException known && known.error() instanceof HubError.TooLarge
        ? unsupported(field, "more than 10 s of sound")
        : cause;
  }

  private static HubException unsupported(String field, String found) {
    return new HubException(new HubError.UnsupportedAudio(field, found, EXPECTED));
  }
}
