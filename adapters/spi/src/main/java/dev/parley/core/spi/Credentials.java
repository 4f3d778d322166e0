package dev.parley.core.spi;

/** How the hub shows a backend who it is. The text form of each hides the secret. */
public sealed interface Credentials {

  /** The backend asks for nothing. */
  record None() implements Credentials {}

  /** {@code Authorization: Bearer TOKEN}. */
  record Bearer(String token) implements Credentials {
    @Override
    public String toString() {
      return "Bearer[***]";
    }
  }

  /** {@code Authorization: Basic}; usually a reverse proxy in front of the backend asks for it. */
  record Basic(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "Basic[***]";
    }
  }

  /** A header of the operator's choice, such as {@code x-api-key}. */
  record Header(String name, String value) implements Credentials {
    @Override
    public String toString() {
      return "Header[" + name + ": ***]";
    }
  }
}
