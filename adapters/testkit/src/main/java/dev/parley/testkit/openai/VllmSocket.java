package dev.parley.testkit.openai;

import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.websocket.WebSocketService;
import dev.parley.testkit.backend.Json;
import dev.parley.testkit.content.Recogniser;
import dev.parley.testkit.content.Wave;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * vLLM's {@code /v1/realtime}: a session, a commit that begins, appended 16 kHz samples, a commit
 * that ends; words are told when the next one has begun, never taken back.
 */
final class VllmSocket {
  private static final int RATE_HZ = 16_000;

  /** New sound after which it listens again. */
  private static final int STEP_BYTES = RATE_HZ;

  private final Recogniser recogniser;
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger breaking = new AtomicInteger();

  VllmSocket(Recogniser recogniser) {
    this.recogniser = recogniser;
  }

  /** How many sockets were opened. */
  int opened() {
    return opened.get();
  }

  /** The next sockets, so many, are closed in the middle of what is said. */
  void breakNext(int count) {
    breaking.set(count);
  }

  WebSocketService service() {
    return WebSocketService.of((ctx, in) -> {
      opened.incrementAndGet();
      var out = WebSocket.streaming();
      in.subscribe(new Session(out, breaking.getAndUpdate(n -> Math.max(0, n - 1)) > 0));
      out.write(Json.object().put("type", "session.created").put("id", "s").toString());
      return out;
    });
  }

  private final class Session implements Subscriber<WebSocketFrame> {
    private final WebSocketWriter out;
    private final boolean breaks;
    private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    private boolean begun;
    private int heardBytes;
    private int told;

    Session(WebSocketWriter out, boolean breaks) {
      this.out = out;
      this.breaks = breaks;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      try (frame) {
        if (frame.type() == WebSocketFrameType.TEXT) {
          take(frame.text());
        } else if (frame.type() == WebSocketFrameType.CLOSE) {
          out.close();
        }
      }
    }

    private void take(String text) {
      var event = Json.read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      switch (event.path("type").asText()) {
        case "session.update" -> {}
        case "input_audio_buffer.commit" -> {
          if (!event.path("final").asBoolean()) {
            begun = true;
          } else {
            finish();
          }
        }
        case "input_audio_buffer.append" -> append(event.path("audio").asText());
        default -> refuse("unknown event");
      }
    }

    private void append(String audio) {
      if (!begun) {
        refuse("commit with final false comes first");
        return;
      }
      pcm.writeBytes(Base64.getDecoder().decode(audio));
      if (pcm.size() - heardBytes >= STEP_BYTES) {
        heardBytes = pcm.size();
        var words = words();
        if (breaks && words.size() > 2) {
          out.close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR);
          return;
        }
        tell(words, words.size() - 1);
      }
    }

    private List<String> words() {
      return recogniser.hear(Wave.file(pcm.toByteArray(), RATE_HZ)).words().stream()
          .map(word -> word.text())
          .toList();
    }

    private void tell(List<String> words, int until) {
      if (until > told) {
        var delta =
            words.subList(told, until).stream()
                .map(word -> " " + word)
                .collect(Collectors.joining());
        told = until;
        out.write(Json.object().put("type", "transcription.delta").put("delta", delta).toString());
      }
    }

    private void finish() {
      var words = words();
      tell(words, words.size());
      var done = Json.object().put("type", "transcription.done");
      out.write(done.put("text", String.join(" ", words)).toString());
    }

    private void refuse(String why) {
      out.write(Json.object().put("type", "error").put("error", why).toString());
      out.close();
    }

    @Override
    public void onError(Throwable failure) {
      out.close();
    }

    @Override
    public void onComplete() {
      out.close();
    }
  }
}
