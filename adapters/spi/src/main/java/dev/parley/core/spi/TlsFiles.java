package dev.parley.core.spi;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The files that one side of TLS reads, all PEM. What is in them may change at any time; that they
 * are there, and fit together, is for whoever reads them.
 *
 * @param ca whom to trust; empty: whom the machine trusts
 * @param certificate how to show oneself, the whole chain; empty: not at all
 * @param key the private key of that certificate, without a password; there when it is
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {

  public TlsFiles {
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException("a certificate and its key go together");
    }
    if (ca.isEmpty() && certificate.isEmpty()) {
      throw new IllegalArgumentException("no file at all");
    }
  }

  /** All of them. */
  public Set<Path> all() {
    Set<Path> all = new LinkedHashSet<>();
    certificate.ifPresent(all::add);
    key.ifPresent(all::add);
    ca.ifPresent(all::add);
    return all;
  }
}
