package dev.parley.adapters.vllmomni;

import com.linecorp.armeria.common.MediaType;
import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.spi.VoiceKeeper;
import java.io.ByteArrayOutputStream;
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

  private static final MediaType FORM = MediaType.parse("multipart/form-data");
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
    String boundary = "part-" + sample.sha256();
    return client
        .post(
            PATH,
            FORM.withParameter("boundary", boundary),
            form(name, sample, boundary),
            client.spec().writeTimeout().plus(UPLOAD))
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

  private static byte[] form(String name, Recording sample, String boundary) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(sample.wav().length + 1_024);
    field(out, boundary, "name", name);
    field(out, boundary, "consent", "parley");
    if (!sample.transcript().isEmpty()) {
      field(out, boundary, "ref_text", sample.transcript());
    }
    put(
        out,
        "--%s\r\nContent-Disposition: form-data; name=\"audio_sample\"; filename=\"%s.wav\"\r\n"
                .formatted(boundary, name)
            + "Content-Type: audio/wav\r\n\r\n");
    out.writeBytes(sample.wav());
    put(out, "\r\n--" + boundary + "--\r\n");
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String boundary, String name, String value) {
    put(
        out,
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(boundary, name)
            + value
            + "\r\n");
  }

  private static void put(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private HubException failure(BackendClient.Answer answer) {
    return new HubException(BackendFailures.answered(server, answer));
  }
}
