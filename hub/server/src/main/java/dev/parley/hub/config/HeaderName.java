package dev.parley.hub.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of headers that configuration may set on calls to a backend. */
final class HeaderName {

  /** What the header is for: only credentials may be named {@code authorization}. */
  enum Use {
    CREDENTIALS,
    EXTRA
  }

  static final String ALLOWED =
      "a header name, not one that the hub sets itself (authorization, content-type, host, …)";

  private static final Pattern FORM = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Set<String> RESERVED =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private HeaderName() {}

  static String normalised(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static boolean isUsable(String name, Use use) {
    return FORM.matcher(name).matches()
        && !RESERVED.contains(name)
        && (use == Use.CREDENTIALS || !name.equals("authorization"));
  }
}
