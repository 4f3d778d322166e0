package dev.parley.hub.edge.access;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import dev.parley.hub.access.Keys;
import dev.parley.hub.config.AccessConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Lets pages of other origins call from browsers where the configuration names them. Outside of the
 * gate, as a browser asks without a key whether it may.
 */
public final class CrossOrigin {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** What a page may read of an answer besides its body. */
  private static final List<String> EXPOSED =
      List.of(
          "x-request-id",
          "x-parley-backend",
          "x-parley-model",
          "x-parley-cache",
          "x-parley-first-byte-ms",
          "x-next-page-token",
          "x-ratelimit-limit-requests",
          "x-ratelimit-remaining-requests",
          "x-ratelimit-reset-requests",
          "x-ratelimit-limit-tokens",
          "x-ratelimit-remaining-tokens",
          "x-ratelimit-reset-tokens",
          "openai-processing-ms",
          "retry-after",
          "retry-after-ms",
          "grpc-status",
          "grpc-message",
          "grpc-status-details-bin");

  private CrossOrigin() {}

  /** The origins count as the configuration names them at the time of each request. */
  public static Function<? super HttpService, ? extends HttpService> decorator(Keys keys) {
    return CorsService.builder(origin -> isAllowed(origin, keys.access()))
        .allowRequestMethods(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE)
        .allowAllRequestHeaders(true)
        .exposeHeaders(EXPOSED)
        .maxAge(REMEMBERED)
        .newDecorator();
  }

  private static boolean isAllowed(String origin, AccessConfig access) {
    return access.origins().contains(AccessConfig.ANY_ORIGIN) || access.origins().contains(origin);
  }
}
