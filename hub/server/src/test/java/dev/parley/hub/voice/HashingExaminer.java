package dev.parley.hub.voice;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.speech.Recording;
import dev.parley.hub.media.Examined;
import dev.parley.hub.media.Sound;
import dev.parley.hub.media.store.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/** Takes any bytes for a recording, but for those that begin with a question mark. */
final class HashingExaminer implements Examiner {

  @Override
  public CompletableFuture<Examined> examine(Sound sound, String field) {
    byte[] bytes = bytes(sound);
    if (bytes.length > 0 && bytes[0] == '?') {
      return CompletableFuture.failedFuture(
          new HubException(new HubError.UnsupportedAudio(field, "a question", "sound")));
    }
    String sha256 = Sha256.hex(bytes);
    return CompletableFuture.completedFuture(
        new Examined(
            new Recording(sha256, bytes, 24_000, 2.5, ""),
            sha256,
            bytes.length,
            2.5,
            16_000,
            1,
            2.0,
            40,
            0,
            -20));
  }

  private static byte[] bytes(Sound sound) {
    try (InputStream bytes = sound.stream()) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
