package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.parley.hub.config.AddressBlock;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Where a request comes from. */
final class CallerAddress {

  /** Longer chains of proxies are no chains of proxies. */
  private static final int HOPS_MAX = 20;

  private CallerAddress() {}

  /**
   * The address of the connection, or, where that is a proxy's whose word is taken, the last one
   * that the proxies name and that is not such a proxy's.
   */
  static InetAddress of(
      InetAddress connection, RequestHeaders headers, List<AddressBlock> trusted) {
    InetAddress last = connection;
    if (trusted.isEmpty() || !isIn(last, trusted)) {
      return last;
    }
    List<String> hops =
        List.of(String.join(",", headers.getAll(HttpHeaderNames.X_FORWARDED_FOR)).split(",", -1));
    for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - HOPS_MAX); i--) {
      Optional<InetAddress> named = parse(hops.get(i).strip());
      if (named.isEmpty()) {
        return last;
      }
      last = named.get();
      if (!isIn(last, trusted)) {
        return last;
      }
    }
    return last;
  }

  private static boolean isIn(InetAddress address, List<AddressBlock> blocks) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /** With or without a port, an IPv6 one with one in brackets. Never asks a name server. */
  private static Optional<InetAddress> parse(String text) {
    String address = text;
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      address = text.substring(1, bracket);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      address = text.substring(0, text.indexOf(':'));
    }
    try {
      return Optional.of(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * What is counted as one caller: an IPv4 address, or the 64 bits that one IPv6 connection is
   * given.
   */
  static long bucket(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == Integer.BYTES
        ? ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL
        : ByteBuffer.wrap(bytes).getLong();
  }
}
