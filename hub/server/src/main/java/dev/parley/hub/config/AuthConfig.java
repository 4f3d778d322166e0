package dev.parley.hub.config;

/** How the hub proves itself to a backend. */
public sealed interface AuthConfig {

  /** The name under {@code auth.scheme}. */
  String scheme();

  /** No credentials are sent. */
  record None() implements AuthConfig {
    @Override
    public String scheme() {
      return "none";
    }
  }

  /** {@code authorization: Bearer <token>}. */
  record Bearer(Secret token) implements AuthConfig {
    @Override
    public String scheme() {
      return "bearer";
    }
  }

  /** {@code authorization: Basic <user:password>}; the user may be empty and holds no colon. */
  record Basic(String user, Secret password) implements AuthConfig {
    public Basic {
      if (!isUser(user)) {
        throw new IllegalArgumentException("not usable as a user");
      }
    }

    static boolean isUser(String text) {
      return text.length() <= 256
          && text.chars().noneMatch(c -> c == ':' || Character.isISOControl(c));
    }

    @Override
    public String scheme() {
      return "basic";
    }
  }

  /** A header of its own, such as {@code x-api-key}; the name is kept in lower case. */
  record Header(String name, Secret value) implements AuthConfig {
    public Header {
      name = HeaderName.normalised(name);
      if (!HeaderName.isUsable(name, HeaderName.Use.CREDENTIALS)) {
        throw new IllegalArgumentException("not usable as a header name");
      }
    }

    @Override
    public String scheme() {
      return "header";
    }
  }
}
