package dev.parley.adapters.voicebox;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.adapters.http.JsonBody;
import dev.parley.adapters.sound.Pieces;
import dev.parley.core.audio.AudioEncoding;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import java.util.OptionalInt;

/** Reads an answer that is one JSON object with all of the sound in it. */
final class SampleReader implements BodyReader<SpeechEvent> {

  private final Target target;
  private final JsonBody body;

  SampleReader(Target target, long bytesMax) {
    this.target = target;
    this.body = new JsonBody(target, bytesMax);
  }

  @Override
  public void opened(ResponseHeaders head, Sink<SpeechEvent> sink) {}

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    JsonValue answer = body.object();
    if (answer.get("audio") == null) {
      ErrorBody error = ErrorBody.of(answer);
      if (error != null) {
        throw new HubException(BackendFailures.insideSuccess(target, error));
      }
    }
    SampleArray sound;
    try {
      sound = SampleArray.read(answer);
    } catch (IllegalArgumentException e) {
      throw failed(e.getMessage() == null ? "its answer is no sound" : e.getMessage());
    }
    AudioFormat format = AudioFormat.of(AudioEncoding.PCM_S16LE, sound.sampleRateHz(), 1);
    sink.event(new SpeechEvent.Opened(format, ""));
    Pieces.pass(sound.samples(), sound.sampleRateHz(), sink::event);
    sink.complete();
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
