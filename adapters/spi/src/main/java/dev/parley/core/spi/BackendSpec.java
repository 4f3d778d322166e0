package dev.parley.core.spi;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backend as the operator described it.
 *
 * @param id its name in the hub
 * @param type the kind of server, such as {@code ollama}
 * @param baseUrl where it listens, without a trailing slash
 * @param credentials how the hub authenticates there
 * @param headers further headers for every call
 * @param connectTimeout longest wait for a connection
 * @param writeTimeout longest wait until a request is sent
 * @param responseBytesMax largest answer that is held in memory as a whole
 * @param models the models that the operator listed; empty means that the backend is asked
 * @param sampleRatesHz of the raw PCM that a model gives, by model, where the operator said
 * @param tls whom to trust there and how the hub shows itself; empty: the usual way
 */
public record BackendSpec(
    String id,
    String type,
    URI baseUrl,
    Credentials credentials,
    Map<String, String> headers,
    Duration connectTimeout,
    Duration writeTimeout,
    long responseBytesMax,
    List<ModelInfo> models,
    Map<String, Integer> sampleRatesHz,
    Optional<TlsFiles> tls) {

  public BackendSpec {
    headers = Map.copyOf(headers);
    models = List.copyOf(models);
    sampleRatesHz = Map.copyOf(sampleRatesHz);
  }

  /** A backend that is trusted as the machine trusts others. */
  public BackendSpec(
      String id,
      String type,
      URI baseUrl,
      Credentials credentials,
      Map<String, String> headers,
      Duration connectTimeout,
      Duration writeTimeout,
      long responseBytesMax,
      List<ModelInfo> models,
      Map<String, Integer> sampleRatesHz) {
    this(
        id,
        type,
        baseUrl,
        credentials,
        headers,
        connectTimeout,
        writeTimeout,
        responseBytesMax,
        models,
        sampleRatesHz,
        Optional.empty());
  }
}
