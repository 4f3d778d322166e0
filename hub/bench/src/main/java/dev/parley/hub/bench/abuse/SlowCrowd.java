package dev.parley.hub.bench.abuse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many connections that write a byte of their head now and then, and are opened again when the hub
 * closes them. A thread of its own serves them all, one after the other.
 */
final class SlowCrowd implements AutoCloseable {

  /** Of each address: a hub takes only so many of one. */
  private static final int EACH = 100;

  private static final byte[] DRIP =
      "GET /v1/models HTTP/1.1\r\nhost: hub\r\nx-a: ".getBytes(US_ASCII);
  private static final long PAUSE_MILLIS = 500;

  private final List<Slow> crowd = new ArrayList<>();
  private final int port;
  private final Thread thread;
  private volatile boolean over;
  private final AtomicLong closed = new AtomicLong();

  private static final class Slow {
    private SocketChannel channel;
    private int written;

    Slow(SocketChannel channel) {
      this.channel = channel;
    }
  }

  /** Opens as many as can be opened, which {@link #size} tells. */
  SlowCrowd(int port, int connections) {
    this.port = port;
    try {
      for (int i = 0; i < connections; i++) {
        crowd.add(new Slow(open(i)));
      }
    } catch (IOException e) {
      // No more files: those that are open must do.
    }
    thread = Thread.ofPlatform().name("slow-crowd").daemon().start(this::drip);
  }

  int size() {
    return crowd.size();
  }

  /** How many the hub closed so far; about, while they go on. */
  long closed() {
    return closed.get();
  }

  private SocketChannel open(int place) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      byte[] from = {127, 0, 1, (byte) (1 + place / EACH % 250)};
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void drip() {
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!over) {
      for (int i = 0; i < crowd.size() && !over; i++) {
        Slow slow = crowd.get(i);
        try {
          one.clear();
          if (slow.channel.read(one) < 0) {
            throw new IOException("closed");
          }
          one.clear();
          one.put(slow.written < DRIP.length ? DRIP[slow.written] : (byte) 'a').flip();
          slow.written += slow.channel.write(one);
        } catch (IOException e) {
          again(i, slow);
        }
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void again(int place, Slow slow) {
    closed.incrementAndGet();
    try {
      slow.channel.close();
      slow.channel = open(place);
      slow.written = 0;
    } catch (IOException e) {
      // The next turn tries again.
    }
  }

  @Override
  public void close() {
    over = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Slow slow : crowd) {
      try {
        slow.channel.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
  }
}
