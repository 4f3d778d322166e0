package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.stream.HttpDecoder;
import com.linecorp.armeria.common.stream.StreamDecoderInput;
import com.linecorp.armeria.common.stream.StreamDecoderOutput;
import java.nio.charset.StandardCharsets;

/**
 * Passes the body of a form on as it comes, but holds back the end of a piece that may be the begin
 * of a boundary until two bytes behind it are there. The parser of forms takes a boundary that ends
 * with its piece, or one byte before, for content: what follows would silently become a part of the
 * file. For one body.
 */
final class WholeBoundaries implements HttpDecoder<HttpData> {

  /** A line break, or two hyphens at the end. */
  private static final int BEHIND = 2;

  private final byte[] afterLine;
  private final byte[] atBegin;
  private boolean begun;

  WholeBoundaries(String boundary) {
    afterLine = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    atBegin = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void process(StreamDecoderInput in, StreamDecoderOutput<HttpData> out) {
    pass(in.readableBytes() - held(in), in, out);
  }

  @Override
  public void processOnComplete(StreamDecoderInput in, StreamDecoderOutput<HttpData> out) {
    pass(in.readableBytes(), in, out);
  }

  private void pass(int bytes, StreamDecoderInput in, StreamDecoderOutput<HttpData> out) {
    if (bytes > 0) {
      begun = true;
      out.add(HttpData.wrap(in.readBytes(bytes)));
    }
  }

  /** How long the end is that has to wait for what follows. */
  private int held(StreamDecoderInput in) {
    int size = in.readableBytes();
    int cut = size - unfinished(in, size);
    // What is passed on must not end with a boundary either.
    for (int before; (before = beforeBoundary(in, cut)) >= 0; ) {
      cut = before;
    }
    return size - cut;
  }

  /** How long the end is that may be the begin of a boundary. */
  private int unfinished(StreamDecoderInput in, int size) {
    if (!begun && size < atBegin.length + BEHIND && isBegin(in, 0, size, atBegin, 0)) {
      return size;
    }
    int longest = Math.min(size, afterLine.length + BEHIND - 1);
    for (int length = longest; length > 0; length--) {
      // Some end their lines with line feeds alone.
      if (isBegin(in, size - length, size, afterLine, 0)
          || (length < longest && isBegin(in, size - length, size, afterLine, 1))) {
        return length;
      }
    }
    return 0;
  }

  /** Where the boundary begins, its line break included, that ends too close to there; or -1. */
  private int beforeBoundary(StreamDecoderInput in, int end) {
    for (int behind = 0; behind < BEHIND; behind++) {
      int at = end - behind - atBegin.length;
      if (at >= 0 && isBegin(in, at, end, atBegin, 0)) {
        boolean feed = at > 0 && in.getByte(at - 1) == '\n';
        boolean whole = feed && at > 1 && in.getByte(at - 2) == '\r';
        return whole ? at - 2 : feed ? at - 1 : at;
      }
    }
    return -1;
  }

  private static boolean isBegin(
      StreamDecoderInput in, int from, int to, byte[] boundary, int skipped) {
    int compared = Math.min(to - from, boundary.length - skipped);
    for (int i = 0; i < compared; i++) {
      if (in.getByte(from + i) != boundary[skipped + i]) {
        return false;
      }
    }
    return true;
  }
}
