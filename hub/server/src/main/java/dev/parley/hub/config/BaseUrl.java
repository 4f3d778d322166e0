package dev.parley.hub.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** The shape of a backend's address. */
final class BaseUrl {

  static final String ALLOWED =
      "an absolute http or https URL without user, query and fragment, such as"
          + " http://gpu-1:8091/v1";

  private BaseUrl() {}

  static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text);
      return text.length() <= 2048 && isWeb(uri) ? Optional.of(normalised(uri)) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Checks, and drops closing slashes, so that equal addresses are equal. */
  static URI normalised(URI uri) {
    if (!isUsable(uri)) {
      throw new IllegalArgumentException("not usable as a base URL, expected " + ALLOWED);
    }
    String text = uri.toString();
    int end = text.length();
    while (text.charAt(end - 1) == '/') {
      end--;
    }
    return end == text.length() ? uri : URI.create(text.substring(0, end));
  }

  /** Stands where an engine inside the hub has no address. */
  static URI ofEngine(String type) {
    return URI.create("local:" + type);
  }

  private static boolean isUsable(URI uri) {
    return isEngine(uri) || isWeb(uri);
  }

  private static boolean isEngine(URI uri) {
    return uri.isOpaque()
        && "local".equals(uri.getScheme())
        && LocalConfig.SPEECH_ENGINES.contains(uri.getRawSchemeSpecificPart());
  }

  private static boolean isWeb(URI uri) {
    boolean web =
        "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    return web
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && (uri.getPort() == -1 || (uri.getPort() >= 1 && uri.getPort() <= 65_535));
  }
}
