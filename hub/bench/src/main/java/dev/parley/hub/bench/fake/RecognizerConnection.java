package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.hub.bench.http.Heads;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One connection to the server of recognition. */
final class RecognizerConnection extends Connection {

  private static final String ID = "x-request-id:";

  /** What a form has beside the samples, about. */
  private static final int FORM_BYTES = 600;

  private static final int WORD_MILLIS = 300;
  private static final int BYTES_PER_MILLI = 32;
  private static final int WORDS_MAX = 40;
  private static final List<String> WORDS =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");

  private static final List<ByteBuf> TRANSCRIPTS =
      IntStream.rangeClosed(1, WORDS_MAX).mapToObj(RecognizerConnection::transcript).toList();
  private static final ByteBuf HEALTH =
      Replies.whole(
          "200 OK", "{\"status\":\"ok\",\"model_loaded\":true,\"model\":\"large-v3-turbo\"}");

  private enum Wanted {
    TRANSCRIPT,
    ARRIVALS,
    HEALTH,
    UNKNOWN,
    NOT_HTTP1
  }

  private final Arrivals arrivals;
  private final long delayMillis;
  private Wanted wanted = Wanted.UNKNOWN;
  private String id = "-";
  private long firstNanos;

  RecognizerConnection(Arrivals arrivals, long delayMillis) {
    this.arrivals = arrivals;
    this.delayMillis = delayMillis;
  }

  @Override
  boolean isForgetful() {
    return true;
  }

  @Override
  void asked(byte[] head, int length) {
    firstNanos = System.nanoTime();
    if (Heads.startsWith(head, 0, length, "post /transcribe ")) {
      wanted = Wanted.TRANSCRIPT;
      id = id(head, length);
    } else if (Heads.startsWith(head, 0, length, "get /heard ")) {
      wanted = Wanted.ARRIVALS;
    } else if (Heads.startsWith(head, 0, length, "get /health ")) {
      wanted = Wanted.HEALTH;
    } else {
      wanted = Heads.startsWith(head, 0, length, "pri ") ? Wanted.NOT_HTTP1 : Wanted.UNKNOWN;
    }
  }

  private static String id(byte[] head, int length) {
    for (int at = Heads.nextLine(head, 0, length); at < length; ) {
      int next = Heads.nextLine(head, at, length);
      if (Heads.startsWith(head, at, length, ID)) {
        int from = at + ID.length();
        return new String(head, from, next - from, US_ASCII).strip();
      }
      at = next;
    }
    return "-";
  }

  @Override
  void answer(ChannelHandlerContext to, byte[] body, int length) {
    switch (wanted) {
      case TRANSCRIPT -> {
        arrivals.note(id, firstNanos, System.nanoTime(), length);
        int words = (length - FORM_BYTES) / (WORD_MILLIS * BYTES_PER_MILLI);
        transcribed(to, TRANSCRIPTS.get(Math.clamp(words, 1, WORDS_MAX) - 1).retainedDuplicate());
      }
      case ARRIVALS -> send(to, Replies.whole("200 OK", arrivals.take()));
      case HEALTH -> send(to, HEALTH.retainedDuplicate());
      case UNKNOWN -> send(to, Replies.UNKNOWN.retainedDuplicate());
      case NOT_HTTP1 -> {
        var _ =
            to.writeAndFlush(Replies.NOT_HTTP1.retainedDuplicate())
                .addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  private void transcribed(ChannelHandlerContext to, ByteBuf answer) {
    if (delayMillis == 0) {
      send(to, answer);
    } else {
      var _ =
          to.executor()
              .schedule(
                  () -> {
                    send(to, answer);
                    to.flush();
                  },
                  delayMillis,
                  TimeUnit.MILLISECONDS);
    }
  }

  private static void send(ChannelHandlerContext to, ByteBuf answer) {
    var _ = to.write(answer, to.voidPromise());
  }

  private static ByteBuf transcript(int words) {
    StringBuilder text = new StringBuilder();
    StringBuilder placed = new StringBuilder();
    for (int i = 0; i < words; i++) {
      String word = WORDS.get(i % WORDS.size());
      text.append(i == 0 ? "" : " ").append(word);
      placed.append(
          String.format(
              Locale.ROOT,
              "%s{\"word\":\" %s\",\"start\":%.2f,\"end\":%.2f,\"probability\":0.97}",
              i == 0 ? "" : ",",
              word,
              i * WORD_MILLIS / 1e3,
              (i + 0.9) * WORD_MILLIS / 1e3));
    }
    double end = (words - 0.1) * WORD_MILLIS / 1e3;
    return Replies.whole(
        "200 OK",
        String.format(
            Locale.ROOT,
            "{\"text\":\"%s\",\"language\":\"en\",\"language_probability\":0.98,\"duration\":%.2f,"
                + "\"segments\":[{\"id\":1,\"text\":\"%s\",\"start\":0.0,\"end\":%.2f,"
                + "\"words\":[%s]}]}",
            text,
            end,
            text,
            end,
            placed));
  }
}
