package dev.parley.hub.discovery;

import dev.parley.hub.config.AuthConfig;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.BreakerConfig;
import dev.parley.hub.config.LimitsConfig;
import dev.parley.hub.config.QuickServer;
import dev.parley.hub.config.RetryConfig;
import dev.parley.hub.config.ServerFacts;
import dev.parley.hub.config.TimeoutsConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks at ports of the loopback address and tells which backends answer there. {@link #look}
 * blocks for twice the given patience at most; one caller at a time.
 */
public final class Discovery implements AutoCloseable {

  /**
   * Enough for a busy machine that just started this program. Closed ports refuse at once, so only
   * one that is open and silent makes anybody wait so long.
   */
  public static final Duration PATIENCE_DEFAULT = Duration.ofMillis(1_500);

  private final List<Candidate> candidates;
  private final Set<String> types;
  private final Duration patience;
  private @Nullable HttpClient client;

  /**
   * @param candidates where to look
   * @param types the kinds of backends that the hub knows; others are passed over
   */
  public Discovery(List<Candidate> candidates, Set<String> types, Duration patience) {
    Map<Integer, Candidate> byPort = new LinkedHashMap<>();
    candidates.forEach(candidate -> byPort.putIfAbsent(candidate.port(), candidate));
    this.candidates = List.copyOf(byPort.values());
    this.types = Set.copyOf(types);
    this.patience = patience;
  }

  /** Where it looks, in order. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /**
   * What listens now, in the order of the candidates. A backend at the first port that is usual for
   * its type is named after the type, any other one also after its port, so names stay the same
   * from look to look.
   *
   * @param without ports to leave alone, such as the hub's own
   */
  public List<BackendConfig> look(Set<Integer> without) throws InterruptedException {
    List<Candidate> open =
        inParallel(
            candidates.stream().filter(candidate -> !without.contains(candidate.port())).toList(),
            candidate ->
                LocalPort.isOpen(candidate.port(), patience)
                    ? Optional.of(candidate)
                    : Optional.empty(),
            patience);
    if (open.isEmpty()) {
      return List.of();
    }
    HttpClient asking = client();
    return inParallel(
        open,
        candidate ->
            Fingerprint.of(LocalPort.answers(asking, candidate.port(), patience))
                .filter(types::contains)
                .map(type -> backend(candidate, type)),
        patience);
  }

  /**
   * Asks servers that somebody named, wherever they are, what they are; by their ids, without those
   * that do not answer. They are worth more time than a port that is only tried: blocks for four
   * times the given patience at most.
   */
  public Map<String, ServerFacts> ask(List<QuickServer> servers) throws InterruptedException {
    if (servers.isEmpty()) {
      return Map.of();
    }
    HttpClient asking = client();
    return inParallel(
            servers,
            server -> facts(asking, server).map(facts -> Map.entry(server.id(), facts)),
            patience.multipliedBy(4))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Optional<ServerFacts> facts(HttpClient asking, QuickServer server) {
    Map<String, String> headers = new HashMap<>();
    // Which of the two it reads is known once it is known what it is.
    server
        .key()
        .ifPresent(key -> {
          headers.put("authorization", "Bearer " + key.value());
          headers.put("x-api-key", key.value());
        });
    Map<String, byte[]> answers =
        LocalPort.answers(asking, root(server.baseUrl()), headers, patience.multipliedBy(2));
    List<String> models = Fingerprint.models(answers);
    // Another hub is no circle where it is named on purpose.
    return Fingerprint.of(answers)
        .filter(types::contains)
        .or(() -> models.isEmpty() ? Optional.empty() : Optional.of("openai"))
        .map(type -> new ServerFacts(type, models));
  }

  /** The routes of OpenAI begin with a v1 that may stand in the address; a server's own do not. */
  private static URI root(URI baseUrl) {
    return URI.create(baseUrl.toString().replaceAll("/v1$", ""));
  }

  /** What was found in time, in the order of the places. */
  private static <S, T> List<T> inParallel(
      List<S> where, Function<S, Optional<T>> look, Duration patience) throws InterruptedException {
    List<Callable<Optional<T>>> looks =
        where.stream().map(place -> (Callable<Optional<T>>) () -> look.apply(place)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(looks, patience.toMillis(), TimeUnit.MILLISECONDS).stream()
          .filter(future -> future.state() == Future.State.SUCCESS)
          .flatMap(future -> future.resultNow().stream())
          .toList();
    }
  }

  private BackendConfig backend(Candidate candidate, String type) {
    boolean first =
        candidates.stream()
            .filter(other -> other.usual().equals(Optional.of(type)))
            .findFirst()
            .filter(candidate::equals)
            .isPresent();
    return new BackendConfig(
        first ? type : type + "-" + candidate.port(),
        type,
        LocalPort.uri(candidate.port()),
        new AuthConfig.None(),
        List.of(),
        TimeoutsConfig.DEFAULT,
        LimitsConfig.DEFAULT,
        BreakerConfig.DEFAULT,
        RetryConfig.DEFAULT,
        true,
        Map.of());
  }

  /** Made late: with nothing listening, a start does not pay for it. */
  private synchronized HttpClient client() {
    HttpClient known = client;
    if (known == null) {
      known =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
      client = known;
    }
    return known;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
