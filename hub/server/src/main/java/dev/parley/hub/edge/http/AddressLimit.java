package dev.parley.hub.edge.http;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many connections one address may have at a time. It holds as many entries as addresses are
 * connected, which the bound on all connections bounds. Thread-safe; nothing here waits.
 */
public final class AddressLimit {

  private final int connectionsMax;
  private final ConcurrentMap<InetAddress, Integer> open = new ConcurrentHashMap<>();

  /**
   * @param connectionsMax of one address; 0 is no bound
   */
  public AddressLimit(int connectionsMax) {
    this.connectionsMax = connectionsMax;
  }

  /** Counts a connection until it closes, and closes at once what is too much. */
  public void add(Channel channel) {
    if (connectionsMax == 0 || !(channel.remoteAddress() instanceof InetSocketAddress remote)) {
      return;
    }
    Optional.ofNullable(remote.getAddress()).ifPresent(address -> add(channel, address));
  }

  private void add(Channel channel, InetAddress address) {
    int now = open.merge(address, 1, Integer::sum);
    channel
        .closeFuture()
        .addListener(
            _ -> open.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1));
    if (now > connectionsMax) {
      var _ = channel.close();
    }
  }
}
