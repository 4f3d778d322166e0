package dev.parley.hub.config;

import dev.parley.core.error.Shown;
import dev.parley.core.model.Capability;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What environment variables alone ask for, where there is no configuration file. Immutable.
 *
 * @param servers the servers that they name, those for speaking first
 * @param meanings a line for people for every variable that counts, with what it means; never with
 *     a key in it
 * @param advice variables that are set and have no effect
 */
public record QuickConfig(List<QuickServer> servers, List<String> meanings, List<Advice> advice) {

  /** Nothing is set. */
  public static final QuickConfig NONE = new QuickConfig(List.of(), List.of(), List.of());

  public QuickConfig {
    servers = List.copyOf(servers);
    meanings = List.copyOf(meanings);
    advice = List.copyOf(advice);
  }

  /** Whether any of the variables is set. */
  public boolean isGiven() {
    return !equals(NONE);
  }

  /**
   * The configuration of these servers and of what else was found. Named servers come first. A
   * found one that is named, too, is left out; one that has the id of another gets its port in its
   * own.
   *
   * @param told what servers say of themselves, by id
   * @param found backends that nobody named
   */
  public HubConfig config(OwnConfig own, Map<String, ServerFacts> told, List<BackendConfig> found) {
    List<BackendConfig> backends = new ArrayList<>();
    Map<Capability, String> defaults = new EnumMap<>(Capability.class);
    Map<String, Origin> origins = new HashMap<>();
    for (QuickServer server : servers) {
      BackendConfig backend = server.backend(Optional.ofNullable(told.get(server.id())));
      String at = "backends[" + backends.size() + "].";
      server.origins(backend).forEach((key, origin) -> origins.put(at + key, origin));
      backends.add(backend);
      backend.models().stream()
          .findFirst()
          .ifPresent(model -> {
            defaults.put(server.capability(), model.id());
            origins.put(
                "defaults." + server.capability().wireName(),
                new Origin.Variable(server.chosenBy()));
          });
    }
    found.stream()
        .filter(backend -> servers.stream().noneMatch(named -> isAt(named, backend)))
        .map(this::besides)
        .forEach(backends::add);
    return new HubConfig(
        own, backends, List.of(), new Defaults(defaults), new Origins("", origins));
  }

  private static boolean isAt(QuickServer named, BackendConfig found) {
    return named.baseUrl().equals(found.baseUrl())
        || named.portHere().stream().anyMatch(port -> port == found.baseUrl().getPort());
  }

  private BackendConfig besides(BackendConfig found) {
    Set<String> taken = servers.stream().map(QuickServer::id).collect(Collectors.toSet());
    if (!taken.contains(found.id())) {
      return found;
    }
    return new BackendConfig(
        found.id() + "-" + found.baseUrl().getPort(),
        found.type(),
        found.baseUrl(),
        found.auth(),
        found.models(),
        found.timeouts(),
        found.limits(),
        found.breaker(),
        found.retry(),
        found.local(),
        found.headers());
  }

  /** The mistake of naming the hub itself, which would call itself without end. */
  public Optional<Problem> naming(int ownPort) {
    return servers.stream()
        .filter(server -> server.portHere().stream().anyMatch(port -> port == ownPort))
        .findFirst()
        .map(server ->
            QuickReader.problem(
                server.variables().getOrDefault("base_url", server.chosenBy()),
                Shown.quoted(server.baseUrl().toString()) + ", where this hub itself listens",
                "the address of another server"));
  }
}
