package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.hub.bench.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** One connection to the server of speech. */
final class SpeechConnection extends Connection {

  private static final byte[] MODEL = "\"model\":\"".getBytes(US_ASCII);
  private static final byte[] INPUT = "\"input\":\"".getBytes(US_ASCII);
  private static final byte[] EVENTS = "\"stream_format\":\"sse\"".getBytes(US_ASCII);

  private enum Wanted {
    SPEECH,
    FAREWELLS,
    HEALTH,
    UNKNOWN,
    NOT_HTTP1
  }

  private final SpokenDesks desks;
  private final Farewells farewells;
  private Wanted wanted = Wanted.UNKNOWN;
  private @Nullable PacedSpeech running;

  SpeechConnection(SpokenDesks desks, Farewells farewells) {
    this.desks = desks;
    this.farewells = farewells;
  }

  @Override
  void asked(byte[] head, int length) {
    if (Heads.startsWith(head, 0, length, "post /v1/audio/speech ")) {
      wanted = Wanted.SPEECH;
    } else if (Heads.startsWith(head, 0, length, "get /left ")) {
      wanted = Wanted.FAREWELLS;
    } else if (Heads.startsWith(head, 0, length, "get /v1/key ")
        || Heads.startsWith(head, 0, length, "get /health ")) {
      wanted = Wanted.HEALTH;
    } else if (Heads.startsWith(head, 0, length, "pri ")) {
      wanted = Wanted.NOT_HTTP1;
    } else {
      wanted =
          Heads.startsWith(head, 0, length, "get /v1/models ") ? Wanted.HEALTH : Wanted.UNKNOWN;
    }
  }

  @Override
  void answer(ChannelHandlerContext to, byte[] body, int length) {
    switch (wanted) {
      case SPEECH -> speak(to, body, length);
      case FAREWELLS -> send(to, Replies.whole("200 OK", farewells.text()));
      case HEALTH -> send(to, Replies.HEALTH.retainedDuplicate());
      case UNKNOWN -> send(to, Replies.UNKNOWN.retainedDuplicate());
      case NOT_HTTP1 -> {
        var _ =
            to.writeAndFlush(Replies.NOT_HTTP1.retainedDuplicate())
                .addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  private void speak(ChannelHandlerContext to, byte[] body, int length) {
    String model = member(MODEL, body, length);
    String text = member(INPUT, body, length);
    if (SpokenDesks.knows(model)) {
      desks.speak(model, text.length(), to);
    } else if (model.endsWith("paced")) {
      PacedSpeech.Form form =
          Heads.find(body, length, EVENTS) < 0 ? PacedSpeech.Form.BYTES : PacedSpeech.Form.EVENTS;
      running = new PacedSpeech(to, form, text);
    } else {
      send(to, Replies.UNKNOWN.retainedDuplicate());
    }
  }

  private static void send(ChannelHandlerContext to, ByteBuf answer) {
    var _ = to.write(answer, to.voidPromise());
  }

  /** A member that is a string without quotes in it; empty when there is none. */
  private static String member(byte[] name, byte[] body, int length) {
    int at = Heads.find(body, length, name);
    if (at < 0) {
      return "";
    }
    int from = at + name.length;
    int end = from;
    while (end < length && body[end] != '"') {
      end++;
    }
    return new String(body, from, end - from, UTF_8);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    PacedSpeech speech = running;
    if (speech != null && speech.stop()) {
      farewells.note(speech.number(), System.nanoTime());
    }
  }
}
