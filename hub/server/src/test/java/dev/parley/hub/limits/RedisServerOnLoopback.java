package dev.parley.hub.limits;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import redis.embedded.RedisServer;

/** A real Redis server on a free port, which can be stopped and started. */
final class RedisServerOnLoopback implements AutoCloseable {

  private final int port;
  private final Optional<Path> folder;
  private RedisServer server;

  /** One that keeps nothing, so that it has lost everything when it is started again. */
  RedisServerOnLoopback() throws IOException {
    this(Optional.empty());
  }

  /** One that writes down each change before it answers. */
  static RedisServerOnLoopback keepingIn(Path folder) throws IOException {
    return new RedisServerOnLoopback(Optional.of(folder));
  }

  private RedisServerOnLoopback(Optional<Path> folder) throws IOException {
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    server = start(port, folder);
  }

  private static RedisServer start(int port, Optional<Path> folder) throws IOException {
    var settings =
        RedisServer.newRedisServer()
            .port(port)
            .bind("127.0.0.1")
            .setting("save \"\"")
            .setting("appendonly " + (folder.isPresent() ? "yes" : "no"))
            .setting("appendfsync always");
    folder.ifPresent(kept -> settings.setting("dir " + kept));
    RedisServer server = settings.build();
    server.start();
    return server;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  void stop() throws IOException {
    server.stop();
  }

  /** For a while it takes what is sent and does nothing with it. */
  void hold(Duration time) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String command = "CLIENT PAUSE " + time.toMillis() + "\r\n";
      socket.getOutputStream().write(command.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes("+OK\r\n".length());
    }
  }

  void forgetAll() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readNBytes("+OK\r\n".length());
    }
  }

  void startAgain() throws IOException {
    server = start(port, folder);
  }

  @Override
  public void close() throws IOException {
    server.stop();
  }
}
