package dev.parley.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A caller that speaks HTTP/2 by hand: it sees every frame, and a GOAWAY changes nothing about what
 * it does. Answers may have 64 KiB, as it never opens a window further.
 */
final class Http2Connection implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int GOAWAY = 7;

  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PATIENCE_MILLIS = 15_000;

  /** What came in. */
  record Frame(int type, int flags, int stream, byte[] payload) {

    boolean endsStream() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** Of a GOAWAY: the last stream that will still be answered. */
    int lastStream() {
      return ByteBuffer.wrap(payload).getInt() & Integer.MAX_VALUE;
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final List<Frame> seen = new ArrayList<>();

  Http2Connection(HubUnderTest hub) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), hub.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    send(SETTINGS, 0, 0, new byte[0]);
    until(frame -> frame.type == SETTINGS);
    send(SETTINGS, 1, 0, new byte[0]);
  }

  /** Posts a document on a new stream, an odd number. */
  Http2Connection post(int stream, String path, String body) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    header(head, ":method", "POST");
    header(head, ":scheme", "http");
    header(head, ":path", path);
    header(head, ":authority", "hub");
    header(head, "content-type", "application/json");
    send(HEADERS, END_HEADERS, stream, head.toByteArray());
    send(DATA, END_STREAM, stream, body.getBytes(UTF_8));
    return this;
  }

  private static void header(ByteArrayOutputStream out, String name, String value) {
    // Literal, never indexed, no Huffman code: RFC 7541, section 6.2.3.
    out.write(0x10);
    for (String text : List.of(name, value)) {
      out.write(text.length());
      out.writeBytes(text.getBytes(US_ASCII));
    }
  }

  private void send(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
    OutputStream out = socket.getOutputStream();
    out.write(frame.array());
    out.flush();
  }

  /** Which frame to wait for. */
  interface Wanted {
    boolean is(Frame frame);
  }

  /** Reads on until such a frame; fails when the connection ends before. */
  Frame until(Wanted wanted) throws IOException {
    while (true) {
      Frame frame = read();
      if (wanted.is(frame)) {
        return frame;
      }
    }
  }

  /** Reads on until the hub closes the connection. */
  void untilClosed() throws IOException {
    try {
      while (true) {
        read();
      }
    } catch (EOFException _) {
      // That is what was waited for.
    }
  }

  private Frame read() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    Frame frame = new Frame(type, flags, stream, in.readNBytes(length));
    seen.add(frame);
    return frame;
  }

  /** Everything of this type so far. */
  List<Frame> seen(int type) {
    return seen.stream().filter(frame -> frame.type == type).toList();
  }

  /** The body of a stream so far. */
  String body(int stream) {
    StringBuilder body = new StringBuilder();
    for (Frame frame : seen(DATA)) {
      if (frame.stream == stream) {
        body.append(new String(frame.payload, UTF_8));
      }
    }
    return body.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
