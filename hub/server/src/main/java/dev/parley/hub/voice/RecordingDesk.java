package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.hub.config.VoicesConfig;
import dev.parley.hub.media.ExaminationLimits;
import dev.parley.hub.media.Examined;
import dev.parley.hub.media.LocalSound;
import dev.parley.hub.media.Sound;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Decides which recordings will do as recordings of a voice: sound of a bearable length in which
 * somebody speaks, and not one that is mostly clipped. Thread-safe; nothing here waits.
 */
public final class RecordingDesk implements Examiner {

  /** The shortest recording, and the least speech in one, in seconds. */
  public static final double SECONDS_MIN = 1;

  /** Recordings of which a larger share is at full scale are refused. */
  public static final double CLIPPED_MAX = 0.1;

  private static final String BYTES_LIMIT = "voices.references_bytes_max";

  /** Padding of a codec, or a resampler's, is no second of its own. */
  private static final double SLACK_SECONDS = 1e-3;

  private final LocalSound sounds;
  private final ExaminationLimits limits;

  public RecordingDesk(LocalSound sounds, VoicesConfig config) {
    this.sounds = sounds;
    this.limits =
        new ExaminationLimits(config.secondsMax(), config.referencesBytesMax(), BYTES_LIMIT);
  }

  @Override
  public CompletableFuture<Examined> examine(Sound sound, String field) {
    CompletableFuture<Examined> examining;
    try {
      examining = sounds.examine(sound, limits);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
    return examining.handle((found, failure) -> {
      if (failure != null) {
        throw new CompletionException(about(field, failure));
      }
      return accepted(found, field);
    });
  }

  /**
   * A recording that is used once and not kept.
   *
   * @param transcript what is said in it; empty when nobody said
   */
  public CompletableFuture<Recording> recording(Sound sound, String transcript, String field) {
    return examine(sound, field).thenApply(found -> said(found.recording(), transcript));
  }

  static Recording said(Recording recording, String transcript) {
    return new Recording(
        recording.sha256(),
        recording.wav(),
        recording.sampleRateHz(),
        recording.seconds(),
        transcript);
  }

  private Examined accepted(Examined found, String field) {
    String length = "1.." + (long) limits.secondsMax() + " s in which somebody speaks";
    if (found.seconds() < SECONDS_MIN - SLACK_SECONDS) {
      throw refused(field, rounded(found.seconds()) + " s of sound", length);
    }
    if (found.clippedRatio() > CLIPPED_MAX) {
      throw refused(
          field,
          "clipped, " + Math.round(found.clippedRatio() * 100) + " % of it is at full scale",
          "a recording at a lower level");
    }
    if (found.speechSeconds() < SECONDS_MIN) {
      throw refused(
          field, rounded(found.speechSeconds()) + " s of speech", "at least 1 s of speech");
    }
    return found;
  }

  private static String rounded(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds);
  }

  private static HubException refused(String field, String found, String expected) {
    return new HubException(new HubError.UnsupportedAudio(field, found, expected));
  }

  /** The same failure, of the member that brought the sound. */
  private static Throwable about(String field, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof HubException known)) {
      return cause == null ? failure : cause;
    }
    return switch (known.error()) {
      case HubError.UnsupportedAudio(String at, String found, String expected) ->
          new HubException(
              new HubError.UnsupportedAudio(within(field, at), found, expected), known);
      case HubError.InvalidRequest(String at, String got, String expected) ->
          new HubException(new HubError.InvalidRequest(within(field, at), got, expected), known);
      case HubError.TooLarge(_, String limit, long most, String unit) ->
          new HubException(new HubError.TooLarge(field, limit, most, unit), known);
      default -> known;
    };
  }

  /** What is wrong with the sound as such is told of the whole recording. */
  private static String within(String field, String at) {
    return at.startsWith("audio.") ? field + "." + at : field;
  }
}
