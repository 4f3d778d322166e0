package dev.parley.adapters.speech;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.adapters.http.BodyReader;
import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Target;
import dev.parley.core.speech.SpeechEvent;
import dev.parley.core.speech.SpeechUsage;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of a server that speaks. What it is, bytes of sound or server-sent events, is
 * told by its {@code Content-Type} alone, as servers of one kind differ in what they make of a
 * request. An answer without sound is a failure, and so is JSON, whatever its status.
 */
public final class SoundReader implements BodyReader<SpeechEvent> {

  private final Target target;
  private final Expected expected;
  private final Function<ResponseHeaders, Optional<SpeechUsage>> usage;
  private @Nullable Part part;

  /** How one form of answer is read. */
  interface Part {
    void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink);

    void end(Sink<SpeechEvent> sink);
  }

  public SoundReader(Target target, Expected expected) {
    this(target, expected, _ -> Optional.empty());
  }

  /**
   * @param usage finds the counts that some servers put into the head of their answer
   */
  public SoundReader(
      Target target, Expected expected, Function<ResponseHeaders, Optional<SpeechUsage>> usage) {
    this.target = target;
    this.expected = expected;
    this.usage = usage;
  }

  @Override
  public void opened(ResponseHeaders head, Sink<SpeechEvent> sink) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "");
    String bare = SoundTypes.bare(type);
    if (bare.equals("application/json") || bare.endsWith("+json")) {
      part = new FailureInSuccess(target);
      return;
    }
    if (bare.equals("text/event-stream")) {
      part = new SoundEvents(target, expected.encoding());
      sink.event(new SpeechEvent.Opened(announced(), expected.voice()));
      return;
    }
    AudioFormat format =
        SoundTypes.read(type, expected)
            .orElseThrow(() -> failed(target, "its answer is no sound but " + shown(bare)));
    part = new RawSound(target, format);
    sink.event(new SpeechEvent.Opened(format, expected.voice()));
    usage.apply(head).ifPresent(counts -> sink.event(new SpeechEvent.Counted(counts)));
  }

  @Override
  public void read(byte[] bytes, int from, int to, Sink<SpeechEvent> sink) {
    Objects.requireNonNull(part, "opened comes first").read(bytes, from, to, sink);
  }

  @Override
  public void end(Sink<SpeechEvent> sink) {
    Objects.requireNonNull(part, "opened comes first").end(sink);
  }

  /** Events do not say what is in them: it is what was asked for. */
  private AudioFormat announced() {
    return expected.encoding().isHeaderless()
        ? AudioFormat.of(expected.encoding(), expected.sampleRateHz(), 1)
        : AudioFormat.of(expected.encoding(), 0, 0);
  }

  private static String shown(String type) {
    return type.length() <= 64 ? type : type.substring(0, 64);
  }

  static HubException failed(Target target, String detail) {
    return new HubException(
        new HubError.BackendFailed(target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
