package dev.parley.hub.bench.abuse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends requests of one shape at a rate from another address, a connection for each, until it is
 * closed. No more than {@link #AT_ONCE} are under way: what the hub is slow to answer is not sent.
 */
final class Abuser implements AutoCloseable {

  private static final int AT_ONCE = 256;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final byte[] ELSEWHERE = {127, 0, 0, 2};
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final LongAdder sent = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final Shape shape;
  private final int port;

  Abuser(Shape shape, int port, int rate) {
    this.shape = shape;
    this.port = port;
    long gap = 1_000_000_000L * shape.each() / rate;
    var _ = beat.scheduleAtFixedRate(this::begin, 0, gap, TimeUnit.NANOSECONDS);
  }

  private void begin() {
    if (room.tryAcquire()) {
      var _ = Thread.ofVirtual().start(this::send);
    }
  }

  private void send() {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(ELSEWHERE), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) PATIENCE.toMillis());
      sent.increment();
      OutputStream out = socket.getOutputStream();
      out.write(shape.bytes());
      out.flush();
      InputStream in = socket.getInputStream();
      byte[] head = in.readNBytes(STATUS_AT + 1);
      if (head.length > STATUS_AT && head[0] == 'H' && head[STATUS_AT] == '2') {
        taken.increment();
      }
    } catch (IOException e) {
      // Hung up on, which is an answer, too.
    } finally {
      room.release();
    }
  }

  /** How many were sent. */
  long sent() {
    return sent.sum();
  }

  /** How many were taken for good ones. */
  long taken() {
    return taken.sum();
  }

  @Override
  public void close() {
    beat.shutdownNow();
    try {
      boolean _ = room.tryAcquire(AT_ONCE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
