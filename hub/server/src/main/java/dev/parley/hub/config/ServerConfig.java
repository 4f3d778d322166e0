package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the hub listens and how much it takes from one caller.
 *
 * @param host address to bind; loopback by default, as callers need no key yet
 * @param port 0 picks any free port
 * @param requestBytesMax largest unary request or first message
 * @param responseBytesMax largest backend answer that is held whole
 * @param jsonDepthMax deepest nesting of a JSON document
 * @param drainTimeout how long running streams may go on once the hub stops
 * @param heartbeat silence on an event stream after which a comment is sent
 * @param headTimeout how long a caller may take for a request's head
 * @param connectionsMax connections at a time, of all callers together
 * @param connectionsPerAddressMax of one address; 0 is no bound, as all callers behind a proxy have
 *     the same
 * @param tls empty: the port speaks plain HTTP
 */
public record ServerConfig(
    String host,
    int port,
    long requestBytesMax,
    long responseBytesMax,
    int jsonDepthMax,
    Duration drainTimeout,
    Duration heartbeat,
    Duration headTimeout,
    int connectionsMax,
    int connectionsPerAddressMax,
    Optional<ListenerTls> tls) {

  public static final WholeRange PORT_RANGE = new WholeRange(0, 65_535);
  public static final WholeRange BYTES_RANGE = new WholeRange(1 << 10, 1 << 30);
  public static final WholeRange JSON_DEPTH_RANGE = new WholeRange(8, 1_000);
  public static final DurationRange DRAIN_RANGE =
      new DurationRange(Duration.ZERO, Duration.ofMinutes(10));
  public static final DurationRange HEARTBEAT_RANGE =
      new DurationRange(Duration.ofMillis(100), Duration.ofMinutes(5));

  public static final DurationRange HEAD_RANGE =
      new DurationRange(Duration.ofMillis(100), Duration.ofMinutes(5));
  public static final WholeRange CONNECTIONS_RANGE = new WholeRange(1, 1_000_000);
  public static final WholeRange CONNECTIONS_PER_ADDRESS_RANGE = new WholeRange(0, 1_000_000);

  private static final Duration HEAD_TIMEOUT_DEFAULT = Duration.ofSeconds(20);
  private static final int CONNECTIONS_MAX_DEFAULT = 20_000;

  public static final ServerConfig DEFAULT =
      new ServerConfig(
          "127.0.0.1",
          8080,
          32L << 20,
          64L << 20,
          128,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  static final String HOST_ALLOWED = "a host name or an IP address, such as 127.0.0.1 or ::";

  public ServerConfig {
    if (!isHost(host)) {
      throw new IllegalArgumentException("not a host: " + Shown.quoted(host));
    }
    PORT_RANGE.require("port", port);
    BYTES_RANGE.require("requestBytesMax", requestBytesMax);
    BYTES_RANGE.require("responseBytesMax", responseBytesMax);
    JSON_DEPTH_RANGE.require("jsonDepthMax", jsonDepthMax);
    DRAIN_RANGE.require("drainTimeout", drainTimeout);
    HEARTBEAT_RANGE.require("heartbeat", heartbeat);
    HEAD_RANGE.require("headTimeout", headTimeout);
    CONNECTIONS_RANGE.require("connectionsMax", connectionsMax);
    CONNECTIONS_PER_ADDRESS_RANGE.require("connectionsPerAddressMax", connectionsPerAddressMax);
  }

  /** Plain HTTP, with the usual bounds on connections. */
  public ServerConfig(
      String host,
      int port,
      long requestBytesMax,
      long responseBytesMax,
      int jsonDepthMax,
      Duration drainTimeout,
      Duration heartbeat) {
    this(
        host,
        port,
        requestBytesMax,
        responseBytesMax,
        jsonDepthMax,
        drainTimeout,
        heartbeat,
        HEAD_TIMEOUT_DEFAULT,
        CONNECTIONS_MAX_DEFAULT,
        0,
        Optional.empty());
  }

  /** The same at another place. */
  public ServerConfig at(String otherHost, int otherPort) {
    return new ServerConfig(
        otherHost,
        otherPort,
        requestBytesMax,
        responseBytesMax,
        jsonDepthMax,
        drainTimeout,
        heartbeat,
        headTimeout,
        connectionsMax,
        connectionsPerAddressMax,
        tls);
  }

  static boolean isHost(String text) {
    return HostForm.PATTERN.matcher(text).matches();
  }

  /** Apart, because {@link #DEFAULT} is checked while this class is still being initialised. */
  private static final class HostForm {
    static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9.:_%-]{1,253}");
  }
}
