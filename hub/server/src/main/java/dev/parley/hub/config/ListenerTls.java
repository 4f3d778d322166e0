package dev.parley.hub.config;

import dev.parley.core.spi.TlsFiles;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the port of the hub speaks TLS.
 *
 * @param files its certificate and key, and whose certificates callers may show
 * @param clientAuth whether callers show one
 */
public record ListenerTls(TlsFiles files, ClientAuth clientAuth) {

  /** Whether callers show a certificate of their own. */
  public enum ClientAuth {
    /** They are not asked. */
    NONE,
    /** They are asked, and one that is not trusted is refused. */
    REQUEST,
    /** Nobody gets in without. */
    REQUIRE;

    /** As it is written. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ClientAuth> byName(String name) {
      return Arrays.stream(values()).filter(one -> one.wireName().equals(name)).findFirst();
    }

    static List<String> names() {
      return Arrays.stream(values()).map(ClientAuth::wireName).toList();
    }
  }

  public ListenerTls {
    if (files.certificate().isEmpty()) {
      throw new IllegalArgumentException("a port that speaks TLS needs a certificate");
    }
    if (files.ca().isPresent() == (clientAuth == ClientAuth.NONE)) {
      throw new IllegalArgumentException(
          "callers' certificates are asked for where it is known whose count");
    }
  }
}
