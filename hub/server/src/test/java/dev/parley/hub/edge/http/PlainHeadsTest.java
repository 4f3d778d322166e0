package dev.parley.hub.edge.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainHeadsTest {

  private static final String GET = "GET /a HTTP/1.1\r\nhost: b\r\n";
  private static final String POST = "POST /a HTTP/1.1\r\n";
  private static final String BODY = "{ }\r\n \r\n\t\r\n\r\n\n\n x\r\n";
  private static final List<String> GOOD =
      List.of(
          GET + "\r\n",
          GET + "x-a:   b  c\t\r\nx-b:\r\n\r\n",
          "GET /a HTTP/1.0\r\nconnection: keep-alive\r\n\r\n",
          "\r\n\r\n" + GET + "\r\n",
          POST + "content-length: 0\r\n\r\n",
          POST + "content-length: " + BODY.length() + "\r\n\r\n" + BODY,
          POST
              + "transfer-encoding: chunked\r\n\r\n"
              + Integer.toHexString(BODY.length())
              + "\r\n"
              + BODY
              + "\r\n2;a=b\r\n\r\n\r\n0\r\nx-t: u\r\n\r\n");
  private static final List<String> ODD =
      List.of(
          GET + "x-a: b\r\n c\r\n\r\n",
          GET + "x-a: b\r\n\tc\r\n\r\n",
          GET + "x-a:\r\n \r\n\r\n",
          POST + "content-length:\r\n 1\r\n\r\nx",
          POST + " content-length: 1\r\n\r\nx",
          "\r\n GET /a HTTP/1.1\r\n\r\n",
          "GET  /a HTTP/1.1\r\n\r\n",
          "GET /a  HTTP/1.1\r\n\r\n",
          "GET /a HTTP/1.1 \r\n\r\n",
          "GET /a b HTTP/1.1\r\n\r\n",
          "GET\t/a\tHTTP/1.1\r\n\r\n",
          "GET\r/a\rHTTP/1.1\r\n\r\n",
          "GET /a HTTP/2.0\r\n\r\n",
          "GET /a HTTP/1.10\r\n\r\n",
          "GET /a\r\n\r\n",
          "GET\r\n\r\n");

  /** What comes out: the targets of requests, how long their bodies were, and what was refused. */
  private static List<String> decoded(List<String> pieces) {
    EmbeddedChannel channel = new EmbeddedChannel(new PlainHeads(), new HttpServerCodec());
    List<String> seen = new ArrayList<>();
    int body = 0;
    List<ByteBuf> given = new ArrayList<>();
    for (String piece : pieces) {
      ByteBuf bytes = Unpooled.copiedBuffer(piece, ISO_8859_1);
      given.add(bytes);
      boolean _ = channel.writeInbound(bytes);
    }
    for (Object part; (part = channel.readInbound()) != null; ) {
      if (part instanceof HttpObject object && object.decoderResult().isFailure()) {
        seen.add("refused");
      } else if (part instanceof HttpRequest request) {
        seen.add(request.uri());
      } else if (part instanceof HttpContent content) {
        body += content.content().readableBytes();
      }
      boolean _ = ReferenceCountUtil.release(part);
    }
    boolean _ = channel.finishAndReleaseAll();
    assertThat(given).allMatch(bytes -> bytes.refCnt() == 0 || bytes.capacity() == 0);
    seen.add("body " + body);
    return seen;
  }

  @Test
  void passesPlainRequestsOnHoweverTheyAreCut() {
    String all = String.join("", GOOD);
    List<String> expected = new ArrayList<>(GOOD.stream().map(_ -> "/a").toList());
    expected.add("body " + (2 * BODY.length() + 2));
    for (int cut = 0; cut <= all.length(); cut++) {
      assertThat(decoded(List.of(all.substring(0, cut), all.substring(cut)))).isEqualTo(expected);
    }
    assertThat(decoded(List.of(all.split("")))).isEqualTo(expected);
  }

  @Test
  void refusesOddHeadsHoweverTheyAreCut() {
    for (String odd : ODD) {
      for (int cut = 0; cut <= odd.length(); cut++) {
        assertThat(decoded(List.of(odd.substring(0, cut), odd.substring(cut) + GET + "\r\n")))
            .as("%s cut at %d", odd, cut)
            .containsExactly("refused", "body 0");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void findsTheOddOneAmongManyThatArePipelined(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      StringBuilder all = new StringBuilder();
      int good = random.nextInt(6);
      for (int i = 0; i < good; i++) {
        all.append(GOOD.get(random.nextInt(GOOD.size())));
      }
      all.append(ODD.get(random.nextInt(ODD.size())));
      all.append(GOOD.get(random.nextInt(GOOD.size())));
      List<String> pieces = new ArrayList<>();
      for (int at = 0; at < all.length(); ) {
        int to = Math.min(all.length(), at + 1 + random.nextInt(60));
        pieces.add(all.substring(at, to));
        at = to;
      }
      List<String> seen = decoded(pieces);
      assertThat(seen.subList(0, seen.size() - 1))
          .as("%s", pieces)
          .hasSize(good + 1)
          .endsWith("refused")
          .filteredOn("/a"::equals)
          .hasSize(good);
    }
  }
}
