package dev.parley.adapters.vllmomni;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.Body;
import dev.parley.adapters.http.FormBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.spi.VoiceKeeper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Voices that the server keeps. Their names come from what is in them, so giving one again puts the
 * same in the same place. Servers with several API processes have these routes switched off.
 */
final class OmniVoices implements VoiceKeeper {

  static final String PATH = "/v1/audio/voices";

  private static final int KEY_CHARS = 24;
  private static final int SAMPLE_BYTES_MAX = 10_000_000;
  private static final Duration UPLOAD = Duration.ofSeconds(30);

  private final BackendClient client;
  private final Target server;

  OmniVoices(BackendClient client) {
    this.client = client;
    this.server = new Target(client.spec().id(), "-");
  }

  @Override
  public CompletableFuture<String> keep(KeptVoice voice) {
    Recording sample = voice.recordings().getFirst();
    if (sample.wav().length > SAMPLE_BYTES_MAX) {
      return CompletableFuture.failedFuture(
          new HubException(
              new HubError.TooLarge("a recording of the voice", "audio_sample", SAMPLE_BYTES_MAX)));
    }
    String key = voice.contentKey();
    String name = "parley-" + key.substring(0, Math.min(KEY_CHARS, key.length()));
    return client
        .post(PATH, form(name, sample), client.spec().writeTimeout().plus(UPLOAD))
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw failure(answer);
          }
          return name;
        });
  }

  @Override
  public CompletableFuture<Boolean> forget(String name) {
    String path = PATH + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return client
        .delete(path)
        .thenApply(answer -> {
          if (answer.ok() || answer.status() == 404) {
            return true;
          }
          if (answer.status() == 405 || answer.status() == 501) {
            return false;
          }
          throw failure(answer);
        });
  }

  private static Body form(String name, Recording sample) {
    FormBody form = new FormBody(sample.sha256()).field("name", name).field("consent", "parley");
    if (!sample.transcript().isEmpty()) {
      form.field("ref_text", sample.transcript());
    }
    return form.wav("audio_sample", name + ".wav", sample.wav()).body();
  }

  private HubException failure(BackendClient.Answer answer) {
    return new HubException(BackendFailures.answered(server, answer));
  }
}
