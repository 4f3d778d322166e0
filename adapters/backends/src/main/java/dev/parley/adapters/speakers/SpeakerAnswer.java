package dev.parley.adapters.speakers;

import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.BodyReader;
import dev.parley.adapters.http.ErrorBody;
import dev.parley.adapters.http.JsonBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Target;
import dev.parley.core.speakers.SpeakerEvent;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads an answer about speakers that is one JSON object; unknown members do not matter. */
public final class SpeakerAnswer implements BodyReader<SpeakerEvent> {

  private final Target target;
  private final JsonBody body;
  private final Reading reading;

  /** What is made of the object. */
  @FunctionalInterface
  public interface Reading {

    /**
     * The answer.
     *
     * @throws Unreadable when it is none
     */
    SpeakerEvent read(JsonValue answer) throws Unreadable;
  }

  /** An answer that lacks what was asked for; the message is a clause that says so. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unreadable(String detail) {
      super(detail);
    }
  }

  /**
   * @param bytesMax largest answer
   */
  public SpeakerAnswer(Target target, long bytesMax, Reading reading) {
    this.target = target;
    this.body = new JsonBody(target, bytesMax);
    this.reading = reading;
  }

  @Override
  public void opened(ResponseHeaders head, Sink<SpeakerEvent> sink) {
    sink.event(new SpeakerEvent.Opened());
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeakerEvent> sink) {
    body.add(bytes, from, to);
  }

  @Override
  public void end(Sink<SpeakerEvent> sink) {
    JsonValue answer = body.object();
    SpeakerEvent event;
    try {
      event = reading.read(answer);
    } catch (Unreadable e) {
      ErrorBody error = ErrorBody.of(answer);
      throw new HubException(
          error == null
              ? new HubError.BackendFailed(
                  target,
                  OptionalInt.empty(),
                  String.valueOf(e.getMessage()),
                  HubError.Reached.BACKEND)
              : BackendFailures.insideSuccess(target, error),
          e);
    }
    sink.event(event);
    sink.complete();
  }

  /** A member that is a number; empty: it is not there, or something else. */
  public static OptionalDouble number(@Nullable JsonValue value) {
    return value != null && value.isNumber() && Double.isFinite(value.asDouble())
        ? OptionalDouble.of(value.asDouble())
        : OptionalDouble.empty();
  }
}
