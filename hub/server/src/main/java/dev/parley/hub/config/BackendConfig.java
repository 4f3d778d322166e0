package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.spi.TlsFiles;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A deployed server.
 *
 * @param type one of the backend types that the program knows
 * @param baseUrl absolute http or https, without user info, query, fragment or closing slash;
 *     {@code local:freetts} and its like for engines inside the hub
 * @param models what it serves; empty means the backend is asked
 * @param breaker when its models are left alone
 * @param retry how often calls are made again on it
 * @param local whether it counts as local: calls that must not leave may go there
 * @param headers further headers of every call, names in lower case; their values are kept like
 *     secrets, as keys are often passed this way
 * @param mediaUrls whether it may be given URLs that callers wrote, to fetch pictures and sound
 * @param tls whom it is trusted by and how the hub shows itself there; empty: the usual way
 */
public record BackendConfig(
    String id,
    String type,
    URI baseUrl,
    AuthConfig auth,
    List<BackendModelConfig> models,
    TimeoutsConfig timeouts,
    LimitsConfig limits,
    BreakerConfig breaker,
    RetryConfig retry,
    boolean local,
    Map<String, Secret> headers,
    boolean mediaUrls,
    Optional<TlsFiles> tls) {

  public BackendConfig {
    Names.requireBackend(id);
    baseUrl = BaseUrl.normalised(baseUrl);
    models = List.copyOf(models);
    Set<String> ids = models.stream().map(BackendModelConfig::id).collect(Collectors.toSet());
    if (ids.size() != models.size()) {
      throw new IllegalArgumentException("a model is listed twice at backend " + id);
    }
    TreeMap<String, Secret> sorted = new TreeMap<>();
    headers.forEach((name, value) -> sorted.put(HeaderName.normalised(name), value));
    for (String name : sorted.keySet()) {
      if (!HeaderName.isUsable(name, HeaderName.Use.EXTRA)) {
        throw new IllegalArgumentException("not usable as a header name: " + Shown.quoted(name));
      }
    }
    headers = Collections.unmodifiableMap(sorted);
    if (tls.isPresent() && !baseUrl.getScheme().equals("https")) {
      throw new IllegalArgumentException("TLS for a backend without https: " + id);
    }
  }

  /** One that is given no URLs of callers and is trusted as the machine trusts others. */
  public BackendConfig(
      String id,
      String type,
      URI baseUrl,
      AuthConfig auth,
      List<BackendModelConfig> models,
      TimeoutsConfig timeouts,
      LimitsConfig limits,
      BreakerConfig breaker,
      RetryConfig retry,
      boolean local,
      Map<String, Secret> headers) {
    this(
        id,
        type,
        baseUrl,
        auth,
        models,
        timeouts,
        limits,
        breaker,
        retry,
        local,
        headers,
        false,
        Optional.empty());
  }

  /** Whether this backend lists the model; false also for a backend that lists none. */
  public boolean lists(String model) {
    return models.stream().anyMatch(listed -> listed.id().equals(model));
  }
}
