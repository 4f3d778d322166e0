package dev.parley.hub.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process that lives no longer than this one. Its output goes to a file. */
public final class Child implements AutoCloseable {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 50;
  private static final int TAIL_LINES = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final int port;
  private final Thread hook;

  private Child(String name, Process process, Path log, int port) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.port = port;
    this.hook = new Thread(this::kill, "stop-" + name);
  }

  /** Starts it and waits until its port answers; fails with the end of its output. */
  public static Child start(String name, List<String> command, Path log, int port) {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new BenchFailure(name + " does not start: " + e.getMessage(), e);
    }
    Child child = new Child(name, process, log, port);
    Runtime.getRuntime().addShutdownHook(child.hook);
    try {
      child.awaitPort();
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
    return child;
  }

  /** A port that nobody listens on now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchFailure("no free port on loopback: " + e.getMessage(), e);
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** What it wrote so far. */
  public Stream<String> lines() {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new BenchFailure("the output of " + name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** What it, and those it started, have used so far. */
  public ProcessFacts facts() {
    return ProcessFacts.of(process.toHandle());
  }

  private void awaitPort() {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw failure("did not start");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BenchFailure("interrupted while " + name + " started", e);
      }
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** Tells what went wrong, with the last lines that the process wrote. */
  public BenchFailure failure(String what) {
    StringBuilder text = new StringBuilder(name).append(' ').append(what);
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      lines
          .subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
          .forEach(line -> text.append("\n  ").append(line));
    } catch (IOException e) {
      text.append("; its output cannot be read: ").append(e.getMessage());
    }
    return new BenchFailure(text.toString());
  }

  /** Asks it to end, and ends it when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException _) {
      kill();
      Thread.currentThread().interrupt();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // Already on the way down: the hook runs, and finds nothing left to do.
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
