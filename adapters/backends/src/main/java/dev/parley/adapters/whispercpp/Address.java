package dev.parley.adapters.whispercpp;

import dev.parley.core.spi.BackendSpec;
import java.net.URI;
import java.util.List;

/**
 * Where a server has its routes. Both parts of {@code --request-path} and {@code --inference-path}
 * are the operator's: a base URL with a path is that of inference itself, and what stands before a
 * usual inference path there is the path that all routes share.
 *
 * @param server what all routes share
 * @param inference path of inference below it
 */
record Address(URI server, String inference) {

  private static final String USUAL = "/inference";

  /** The server's own, and the one that lets it stand in for OpenAI's. */
  private static final List<String> USUAL_PATHS = List.of(USUAL, "/v1/audio/transcriptions");

  static Address of(URI baseUrl) {
    String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    // The form that OpenAI's clients are given means the server, here as elsewhere.
    if (path.isEmpty() || path.equals("/v1")) {
      return new Address(below(baseUrl, ""), USUAL);
    }
    for (String usual : USUAL_PATHS) {
      if (path.endsWith(usual)) {
        String shared = path.substring(0, path.length() - usual.length());
        return new Address(below(baseUrl, shared), usual);
      }
    }
    return new Address(below(baseUrl, ""), path);
  }

  private static URI below(URI baseUrl, String path) {
    return URI.create(baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + path);
  }

  /** The backend as its client has to see it. */
  BackendSpec of(BackendSpec spec) {
    return new BackendSpec(
        spec.id(),
        spec.type(),
        server,
        spec.credentials(),
        spec.headers(),
        spec.connectTimeout(),
        spec.writeTimeout(),
        spec.responseBytesMax(),
        spec.models(),
        spec.sampleRatesHz(),
        spec.tls());
  }
}
