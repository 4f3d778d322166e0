package dev.parley.hub.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin alike, written as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; one without a
 * length is a single address.
 *
 * @param text as it was written
 * @param first the address before the slash
 * @param bits how many of its bits count
 */
public record AddressBlock(String text, InetAddress first, int bits) {

  static final String ALLOWED = "an address or a block of them, such as 10.0.0.0/8 or ::1";

  /** Never asks a name server; empty where the text is none. */
  public static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    if (address.length() > 45 || (slash >= 0 && !length.matches("[0-9]{1,3}"))) {
      return Optional.empty();
    }
    try {
      InetAddress first = InetAddress.ofLiteral(address);
      int most = first.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(length);
      return bits <= most ? Optional.of(new AddressBlock(text, first, bits)) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether the address is one of these; those of the other version of IP never are. */
  public boolean contains(InetAddress address) {
    byte[] own = first.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (own[i] != other[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((own[whole] ^ other[whole]) & (0xff00 >> rest) & 0xff) == 0;
  }
}
