package dev.parley.adapters.speech;

import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader.Sink;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;

/** JSON with a status of success, where sound was asked for: nearly always an error. */
final class FailureInSuccess implements SoundReader.Part {

  private static final int BYTES_MAX = 1 << 20;

  private final Target target;
  private final JsonBody body;

  FailureInSuccess(Target target) {
    this.target = target;
    this.body = new JsonBody(target, BYTES_MAX);
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    ErrorBody found = ErrorBody.of(body.object());
    throw found == null
        ? SoundReader.failed(target, "its answer is JSON without an error (expected: sound)")
        : new HubException(BackendFailures.insideSuccess(target, found));
  }
}
