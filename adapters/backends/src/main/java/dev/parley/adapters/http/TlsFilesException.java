package dev.parley.adapters.http;

import java.io.Serial;
import java.nio.file.Path;

/** Files for TLS that cannot be used; says which one and why, and nothing that is in them. */
public final class TlsFilesException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Which of the files. */
  public enum Role {
    CA,
    CERTIFICATE,
    KEY
  }

  private final Role role;
  private final String found;
  private final String allowed;

  TlsFilesException(Role role, Path file, String found, String allowed) {
    super(file + ": " + found + " (expected: " + allowed + ")");
    this.role = role;
    this.found = found;
    this.allowed = allowed;
  }

  /** The file that is to blame; of a pair that does not fit, the key. */
  public Role role() {
    return role;
  }

  /** What is wrong. */
  public String found() {
    return found;
  }

  /** What would be right. */
  public String allowed() {
    return allowed;
  }
}
