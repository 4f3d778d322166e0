package dev.parley.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * A loopback server that commits {@link FaultStep}s instead of speaking HTTP. Every connection gets
 * the next queued script, or the standing one. At most 256 connections at once, each on a virtual
 * thread; {@link #close()} ends them all.
 */
public final class FaultServer implements AutoCloseable {

  private static final Queue<Socket> REFUSING = new ConcurrentLinkedQueue<>();
  private static final int MAX_CONNECTIONS = 256;
  private static final int MAX_KEPT_REQUESTS = 1_000;

  private final ServerSocket listener;
  private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Deque<List<FaultStep>> queued = new ArrayDeque<>();
  private final Deque<String> requests = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private List<FaultStep> standing;
  private int connections;
  private int departures;

  private FaultServer(List<FaultStep> standing) throws IOException {
    this.standing = standing;
    this.listener = new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress());
  }

  /** A server that treats every connection so. */
  public static FaultServer start(List<FaultStep> script) {
    try {
      var server = new FaultServer(List.copyOf(script));
      Thread.ofVirtual().name("fault-accept").start(server::accept);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An address where nobody listens: connections are refused. The port stays taken while the
   * program runs, so nobody else comes to listen there either.
   */
  public static URI refusing() {
    try {
      Socket bound = new Socket();
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      REFUSING.add(bound);
      return URI.create("http://127.0.0.1:" + bound.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it listens. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** The same address for callers that expect TLS, of which the server knows nothing. */
  public URI tlsUri() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  /** The next connection without a queued script is treated so. */
  public synchronized void enqueue(List<FaultStep> script) {
    queued.addLast(List.copyOf(script));
  }

  /** Every connection without a queued script is treated so. */
  public synchronized void otherwise(List<FaultStep> script) {
    standing = List.copyOf(script);
  }

  /** Connections taken so far. */
  public synchronized int connections() {
    return connections;
  }

  /**
   * The latest 1000 requests as read, head and at most 1 MiB of body, bytes as Latin-1 characters.
   */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Waits until so many connections were taken; false when the time ran out. */
  public synchronized boolean awaitConnections(int count, Duration limit)
      throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (connections < count) {
      var millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /**
   * Waits until so many callers were seen to close a connection that hung; false when the time ran
   * out.
   */
  public synchronized boolean awaitDepartures(int count, Duration limit)
      throws InterruptedException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (departures < count) {
      var millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
    quietly(listener);
    open.forEach(FaultServer::quietly);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        permits.acquire();
        var socket = listener.accept();
        open.add(socket);
        var script = next();
        Thread.ofVirtual().name("fault-connection").start(() -> serve(socket, script));
      } catch (IOException | InterruptedException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, List<FaultStep> script) {
    try {
      var played = new FaultPlayer(socket, script, closed).play();
      if (played.callerLeft()) {
        departed();
      }
      record(played.request());
    } catch (IOException | InterruptedException e) {
      departed();
    } finally {
      open.remove(socket);
      quietly(socket);
      permits.release();
    }
  }

  private synchronized List<FaultStep> next() {
    connections++;
    notifyAll();
    var script = queued.pollFirst();
    return script == null ? standing : script;
  }

  private synchronized void record(String request) {
    if (requests.size() == MAX_KEPT_REQUESTS) {
      requests.removeFirst();
    }
    requests.addLast(request);
  }

  private synchronized void departed() {
    departures++;
    notifyAll();
  }

  private static void quietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      // Nothing is left to save on a connection that is being broken on purpose.
    }
  }
}
