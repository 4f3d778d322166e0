package dev.parley.adapters.openai;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.Socket;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.recognition.LiveCall;
import dev.parley.core.recognition.Transcript;
import dev.parley.core.spi.LiveRecognizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * vLLM's socket for models that hear while somebody speaks: {@code /v1/realtime}. It shares a name
 * with OpenAI's and nothing else. One socket is one stretch of speech.
 */
final class VllmRealtime implements LiveRecognizer {

  private static final String PATH = "/v1/realtime";

  /** 0.5 s of sound in one message; some servers refuse frames above 64 KiB. */
  private static final int APPEND_BYTES_MAX = 16_000;

  private static final int TEXT_CHARS_MAX = 1 << 20;

  private final BackendClient client;

  VllmRealtime(BackendClient client) {
    this.client = client;
  }

  @Override
  public Stretch open(LiveCall call, Target target, Listener listener) {
    Hearing hearing = new Hearing(target, listener);
    Socket socket = client.socket(PATH, call.requestId(), target, hearing);
    hearing.socket = socket;
    JsonWriter update = event("session.update").member("model", target.model());
    socket.send(text(update.endObject()));
    socket.send(commit(false));
    return new Sending(socket);
  }

  private static JsonWriter event(String type) {
    return new JsonWriter(64).beginObject().member("type", type);
  }

  private static String commit(boolean last) {
    return text(event("input_audio_buffer.commit").name("final").value(last).endObject());
  }

  private static String text(JsonWriter json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  /** What the hub says. */
  private record Sending(Socket socket) implements Stretch {
    @Override
    public void hear(byte[] pcm, int from, int length) {
      for (int at = from; at < from + length; at += APPEND_BYTES_MAX) {
        int end = Math.min(from + length, at + APPEND_BYTES_MAX);
        byte[] part = Arrays.copyOfRange(pcm, at, end);
        String audio = Base64.getEncoder().encodeToString(part);
        socket.send(text(event("input_audio_buffer.append").member("audio", audio).endObject()));
      }
    }

    @Override
    public void end() {
      socket.send(commit(true));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** What the server says. */
  private static final class Hearing implements Socket.Listener {

    private final Target target;
    private final Listener listener;
    private int chars;
    private boolean over;
    private volatile @Nullable Socket socket;

    Hearing(Target target, Listener listener) {
      this.target = target;
      this.listener = listener;
    }

    @Override
    public void text(String message) {
      JsonValue event;
      try {
        event = Json.parse(message.getBytes(StandardCharsets.UTF_8));
      } catch (JsonSyntaxException _) {
        throw failure("one of its events is no JSON");
      }
      switch (member(event, "type")) {
        case "transcription.delta" -> {
          String delta = member(event, "delta");
          chars += delta.length();
          if (chars > TEXT_CHARS_MAX) {
            throw failure("it writes down more than anybody can have said");
          }
          if (!delta.isEmpty()) {
            listener.heard(delta);
          }
        }
        case "transcription.done" -> {
          over = true;
          listener.written(Transcript.ofText(member(event, "text").strip()));
          Socket done = socket;
          if (done != null) {
            done.close();
          }
        }
        case "error" -> throw failure("it reports a failure");
        default -> {
          // What else there is, such as session.created, asks for nothing.
        }
      }
    }

    private static String member(JsonValue event, String name) {
      JsonValue value = event.isObject() ? event.get(name) : null;
      return value != null && value.isString() ? value.asString() : "";
    }

    private HubException failure(String detail) {
      return new HubException(
          new HubError.BackendFailed(
              target, OptionalInt.empty(), detail, HubError.Reached.BACKEND));
    }

    @Override
    public void failed(HubException failure) {
      if (!over) {
        over = true;
        listener.failed(failure);
      }
    }
  }
}
