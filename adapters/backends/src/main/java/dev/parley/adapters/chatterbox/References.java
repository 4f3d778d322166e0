package dev.parley.adapters.chatterbox;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.FormBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.spi.VoiceKeeper;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * The server's folder of recordings. A file is named after its content, so that one which is there
 * already, and is not overwritten, is the right one.
 */
final class References implements VoiceKeeper {

  /** A question waits until the text before it is spoken. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int KEY_CHARS = 24;

  private final BackendClient client;

  References(BackendClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<String> keep(KeptVoice voice) {
    String key = voice.contentKey();
    String name =
        VoiceName.safe(key.substring(0, Math.min(KEY_CHARS, key.length())) + ".wav", List.of());
    return client
        .get("/get_reference_files", PATIENCE)
        .thenCompose(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          List<String> there =
              Names.references(answer.body())
                  .orElseThrow(() -> failed("its list of recordings cannot be read"));
          return there.contains(name)
              ? CompletableFuture.completedFuture(name)
              : upload(name, voice.recordings().getFirst());
        });
  }

  private CompletableFuture<String> upload(String name, Recording recording) {
    FormBody form = new FormBody(recording.sha256()).wav("files", name, recording.wav());
    return client
        .post("/upload_reference", form.body(), PATIENCE)
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          return uploaded(answer);
        });
  }

  private String uploaded(BackendClient.Answer answer) {
    try {
      JsonValue body = Json.parse(answer.body());
      JsonValue errors = body.isObject() ? body.get("errors") : null;
      List<String> names = body.isObject() ? Names.in(body.get("uploaded_files")) : List.of();
      boolean refused =
          errors != null && errors.isArray() && errors.elements().iterator().hasNext();
      if (!refused && !names.isEmpty()) {
        // It may have changed the name that it was given.
        return VoiceName.safe(names.getFirst(), List.of());
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw failed("it did not take the recording of a voice");
  }

  /** There is no way to delete a file there. */
  @Override
  public CompletableFuture<Boolean> forget(String name) {
    return CompletableFuture.completedFuture(false);
  }

  private Target target() {
    return new Target(client.spec().id(), "-");
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(
            target(), OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
