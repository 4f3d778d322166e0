package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.http.MessageReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls over HTTP/1.1, one at a time, and keeps its connection while all goes well. Belongs
 * to one thread, which it blocks.
 */
final class HttpCaller implements SoakCaller {

  /** The hub may be this much later than its limit before a call counts as hung. */
  static final int GRACE_MILLIS = 2_000;

  private static final int SLOW_BUFFER_BYTES = 4 * 1024;
  private static final int SLOW_PAUSE_MILLIS = 4;
  private static final int BUFFER_BYTES = 16 * 1024;
  private static final int LEAVES_WITHIN_MILLIS = 400;

  private final int port;
  private @Nullable Socket kept;

  HttpCaller(int port) {
    this.port = port;
  }

  @Override
  public Outcome call(SoakCall call) throws InterruptedException {
    boolean slow = call.manner() == SoakCall.Manner.SLOW_READER;
    ReplyReader reply = new ReplyReader(call);
    Outcome outcome = new Outcome.Hung();
    try {
      Socket socket = connection(slow);
      outcome = exchange(call, socket, reply);
    } catch (SocketTimeoutException _) {
      // It hangs: that is the outcome already.
    } catch (IOException _) {
      outcome = reply.outcome();
    } catch (IllegalStateException e) {
      outcome = new Outcome.Broken("not HTTP: " + e.getMessage());
    }
    if (slow || !(outcome instanceof Outcome.Success)) {
      close();
    }
    return outcome;
  }

  private Outcome exchange(SoakCall call, Socket socket, ReplyReader reply)
      throws IOException, InterruptedException {
    MessageReader reader = new MessageReader(reply);
    final boolean leaves = call.manner() == SoakCall.Manner.LEAVES;
    final boolean slow = call.manner() == SoakCall.Manner.SLOW_READER;
    final int events = 1 + Mix.below(6, call.number(), -7);
    int patience =
        leaves
            ? 1 + Mix.below(LEAVES_WITHIN_MILLIS, call.number(), -6)
            : call.limitMillis() + GRACE_MILLIS;
    final long deadline = System.nanoTime() + patience * 1_000_000L;
    socket.getOutputStream().write(call.bytes());
    InputStream in = socket.getInputStream();
    byte[] bytes = new byte[slow ? SLOW_BUFFER_BYTES : BUFFER_BYTES];
    while (!reply.ended()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0 || (leaves && reply.seen() >= events)) {
        return leaves ? new Outcome.Left() : new Outcome.Hung();
      }
      socket.setSoTimeout((int) left);
      int n;
      try {
        n = in.read(bytes);
      } catch (SocketTimeoutException _) {
        continue;
      }
      if (n < 0) {
        return reply.outcome();
      }
      reader.feed(bytes, 0, n);
      if (slow) {
        Thread.sleep(SLOW_PAUSE_MILLIS);
      }
    }
    return reply.outcome();
  }

  private Socket connection(boolean slow) throws IOException {
    Socket known = kept;
    if (known != null && !slow) {
      return known;
    }
    close();
    Socket socket = new Socket();
    kept = socket;
    if (slow) {
      socket.setReceiveBufferSize(SLOW_BUFFER_BYTES);
    }
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), GRACE_MILLIS);
    return socket;
  }

  @Override
  public void close() {
    if (kept != null) {
      Sockets.close(kept);
      kept = null;
    }
  }
}
