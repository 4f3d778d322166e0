package dev.parley.hub.bench.chaos;

import dev.parley.hub.bench.process.BenchFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A backend on loopback that follows its part of the schedule. While it refuses connections its
 * port is closed, and the same port is opened again afterwards. Threads are virtual and may block.
 */
final class ChaosBackend implements AutoCloseable {

  /**
   * Below the ports that systems give to outgoing connections: while ours is closed nobody else
   * gets it, and nobody who knocks is connected to himself.
   */
  private static final int PORT_MIN = 20_000;

  private static final int PORT_MAX = 32_000;
  private static final int PORT_TRIES = 200;
  private static final int REOPEN_TRIES = 100;
  private static final int BACKLOG = 1_024;
  private static final long LOOK_MILLIS = 20;

  private final int index;
  private final Timeline timeline;
  private final Counts counts;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
  private final Thread follower;
  private final int port;
  private volatile @Nullable ServerSocket listener;
  private volatile boolean over;

  ChaosBackend(int index, Timeline timeline, Counts counts) {
    this.index = index;
    this.timeline = timeline;
    this.counts = counts;
    this.port = listenAnywhere();
    this.follower = Thread.ofVirtual().name("backend-" + index).start(this::follow);
  }

  int port() {
    return port;
  }

  /** What is open now, for reading. */
  List<String> open() {
    return conversations.stream().map(Conversation::told).toList();
  }

  Condition condition() {
    return timeline.condition(index);
  }

  private int listenAnywhere() {
    for (int i = 0; i < PORT_TRIES; i++) {
      int candidate = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
      try {
        listen(candidate);
        return candidate;
      } catch (IOException _) {
        // Taken by someone else: the next one, then.
      }
    }
    throw new BenchFailure("no free port on loopback in " + PORT_MIN + ".." + PORT_MAX);
  }

  private void listen(int where) throws IOException {
    ServerSocket opened = new ServerSocket();
    try {
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), BACKLOG);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    listener = opened;
    Thread.ofVirtual().name("accept-" + index).start(() -> accept(opened));
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        Socket socket = from.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> converse(socket));
      } catch (IOException _) {
        // The port was closed; whether for a while or for good, this listener has ended.
      }
    }
  }

  private void converse(Socket socket) {
    counts.opened();
    Conversation conversation = new Conversation(socket, this, counts);
    conversations.add(conversation);
    try {
      conversation.run();
    } finally {
      conversations.remove(conversation);
      sockets.remove(socket);
      counts.closed();
    }
  }

  private void follow() {
    try {
      while (!over) {
        boolean refuses = condition() == Condition.REFUSED;
        ServerSocket open = listener;
        if (refuses && open != null) {
          vanish(open);
        } else if (!refuses && open == null) {
          reopen();
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void vanish(ServerSocket open) {
    listener = null;
    Sockets.close(open);
    sockets.forEach(Sockets::reset);
  }

  private void reopen() throws InterruptedException {
    for (int i = 0; i < REOPEN_TRIES; i++) {
      try {
        listen(port);
        return;
      } catch (IOException _) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    throw new BenchFailure("port " + port + " cannot be opened again");
  }

  @Override
  public void close() {
    over = true;
    follower.interrupt();
    ServerSocket open = listener;
    if (open != null) {
      Sockets.close(open);
    }
    sockets.forEach(Sockets::reset);
  }
}
