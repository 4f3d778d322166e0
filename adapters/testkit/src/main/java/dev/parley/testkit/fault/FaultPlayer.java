package dev.parley.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.parley.testkit.fault.FaultStep.AwaitHead;
import dev.parley.testkit.fault.FaultStep.AwaitRequest;
import dev.parley.testkit.fault.FaultStep.Close;
import dev.parley.testkit.fault.FaultStep.Drip;
import dev.parley.testkit.fault.FaultStep.Freeze;
import dev.parley.testkit.fault.FaultStep.Hang;
import dev.parley.testkit.fault.FaultStep.Pause;
import dev.parley.testkit.fault.FaultStep.Reset;
import dev.parley.testkit.fault.FaultStep.Send;
import dev.parley.testkit.fault.FaultStep.Signal;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Plays one script on one connection, on the calling thread. */
final class FaultPlayer {

  /** What was read, and whether the caller closed while the script hung. */
  record Outcome(String request, boolean callerLeft) {}

  private static final int LINGER_MILLIS = 1_000;
  private static final int MAX_LINGER_BYTES = 1 << 20;

  private final Socket socket;
  private final List<FaultStep> script;
  private final RequestReader reader;
  private final CountDownLatch serverClosed;
  private boolean callerLeft;

  FaultPlayer(Socket socket, List<FaultStep> script, CountDownLatch serverClosed)
      throws IOException {
    this.socket = socket;
    this.script = script;
    this.serverClosed = serverClosed;
    this.reader = new RequestReader(socket.getInputStream());
    socket.setTcpNoDelay(true);
  }

  Outcome play() throws IOException, InterruptedException {
    for (var step : script) {
      play(step);
    }
    return new Outcome(reader.text(), callerLeft);
  }

  private void play(FaultStep step) throws IOException, InterruptedException {
    var out = socket.getOutputStream();
    switch (step) {
      case Send(var latin1) -> out.write(latin1.getBytes(ISO_8859_1));
      case Drip(Send(var latin1), var pause) -> {
        for (var b : latin1.getBytes(ISO_8859_1)) {
          out.write(b);
          Thread.sleep(pause);
        }
      }
      case AwaitRequest() -> reader.request();
      case AwaitHead() -> reader.head();
      case Pause(var until, var limit) -> {
        var _ = until.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      }
      case Signal(var done) -> done.countDown();
      case Close() -> close();
      case Reset() -> {
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case Hang() -> hang();
      case Freeze() -> serverClosed.await();
    }
  }

  /**
   * Reads on for a while after the FIN: closing with unread input would send a RST that overtakes
   * the answer.
   */
  private void close() throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MILLIS);
    var in = socket.getInputStream();
    var dropped = new byte[8192];
    var total = 0;
    try {
      for (int got; total < MAX_LINGER_BYTES && (got = in.read(dropped)) >= 0; total += got) {}
    } catch (SocketTimeoutException e) {
      // The caller keeps its side open: it has had its time to read.
    }
  }

  private void hang() throws IOException {
    var in = socket.getInputStream();
    var dropped = new byte[8192];
    int got;
    do {
      got = in.read(dropped);
    } while (got >= 0);
    callerLeft = true;
  }
}
