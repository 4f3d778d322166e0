package dev.parley.hub.edge.speech;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.speech.SpeechUsage;
import dev.parley.hub.edge.error.ErrorView;
import java.util.Optional;

/** How sound is written into one body. For one answer. */
interface Framing {

  /** The headers that say what the body is; {@code format} is whole. */
  ResponseHeadersBuilder head(AudioFormat format);

  /** What stands before the first sound. */
  default HttpData opening() {
    return HttpData.empty();
  }

  /** The next sound. */
  HttpData sound(byte[] bytes);

  /** What stands behind the last sound. */
  HttpData closing(SpeechUsage usage);

  /** Tells a failure inside the body; empty when only breaking it off can. */
  default Optional<HttpData> failure(ErrorView view) {
    return Optional.empty();
  }

  /** What is sent to who waits for long; empty when the body has no place for it. */
  default Optional<HttpData> heartbeat() {
    return Optional.empty();
  }
}
