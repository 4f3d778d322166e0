package dev.parley.hub.media.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.parley.hub.media.store.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A place on this machine that files are published at, as well or badly as a test says. */
public final class PublisherServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** Listens. */
  public PublisherServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  /** Answers requests for a path. */
  public void on(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("range");
          String condition = exchange.getRequestHeaders().getFirst("if-range");
          asked.add(
              path
                  + (range == null ? "" : " " + range)
                  + (condition == null ? "" : " if " + condition));
          try (exchange) {
            handler.handle(exchange);
          }
        });
  }

  /** Publishes bytes as a whole. */
  public void publish(String path, byte[] bytes) {
    on(path, exchange -> send(exchange, 200, bytes, 0, bytes.length));
  }

  /** Sends the head of an answer with a body of {@code length} bytes, and part of that. */
  static void send(HttpExchange exchange, int status, byte[] bytes, int from, int to)
      throws IOException {
    exchange.sendResponseHeaders(status, bytes.length - (status == 206 ? from : 0));
    exchange.getResponseBody().write(bytes, from, to - from);
    exchange.getResponseBody().flush();
  }

  /** The requests so far: path, range and condition. */
  List<String> asked() {
    return asked;
  }

  /** Where a path is. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** The entry of a catalogue for bytes that are published here. */
  public ModelFile file(String id, String path, byte[] bytes) {
    return new ModelFile(
        id, "test/" + id + ".onnx", address(path), bytes.length, Sha256.hex(bytes), "MIT");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
