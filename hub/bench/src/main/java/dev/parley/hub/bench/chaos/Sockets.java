package dev.parley.hub.bench.chaos;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;

/** Ends of connections that cannot fail: what is closed already is closed. */
final class Sockets {

  private Sockets() {}

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone, which is what was wanted.
    }
  }

  /** Ends a connection with a reset instead of an orderly end. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException _) {
      // It is gone already; closing it changes nothing then.
    }
    close(socket);
  }
}
