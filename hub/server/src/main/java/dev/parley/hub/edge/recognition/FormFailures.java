package dev.parley.hub.edge.recognition;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import java.util.concurrent.CompletionException;

/** Failures in the words of a form, where the sound is a part of another name than the schema's. */
final class FormFailures {

  private static final String SCHEMA = "audio";
  private static final String PART = "file";

  private FormFailures() {}

  static Throwable of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof HubException known
            && known.error() instanceof HubError.UnsupportedAudio(var field, var found, var wanted)
            && field.equals(SCHEMA)
        ? new HubException(new HubError.UnsupportedAudio(PART, found, wanted), known)
        : failure;
  }
}
