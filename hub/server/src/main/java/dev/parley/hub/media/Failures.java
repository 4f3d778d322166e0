package dev.parley.hub.media;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.gpu.device.ModelFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What failures of kernels and disks are to callers. */
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
  private static final String FIELD = "audio";
  private static final String READABLE = "sound in a format that is read here";

  private Failures() {}

  /** The same failure in words that callers know; what nobody foresaw stays as it is. */
  static Throwable known(Throwable failure) {
    return switch (failure) {
      case HubException known -> known;
      case UnsupportedAudioException audio ->
          new HubException(
              new HubError.UnsupportedAudio(FIELD, String.valueOf(audio.getMessage()), READABLE),
              audio);
      case ModelFailedException model -> {
        log.error("a network failed", model);
        yield new HubException(
            new HubError.Overloaded("a network of this hub failed", RETRY_AFTER), model);
      }
      case UncheckedIOException io -> disk(io);
      case IOException io -> disk(io);
      default -> failure;
    };
  }

  private static HubException disk(Exception failure) {
    log.error("sound cannot be read or written", failure);
    return new HubException(
        new HubError.Overloaded("the disk of this hub fails", RETRY_AFTER), failure);
  }
}
