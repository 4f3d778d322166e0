package dev.parley.hub.app;

import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.config.Problem;
import dev.parley.hub.config.QuickConfig;
import dev.parley.hub.config.QuickServer;
import dev.parley.hub.config.ServerConfig;
import dev.parley.hub.config.ServerFacts;
import dev.parley.hub.discovery.Discovery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers that the environment names, and what is known of them. One that does not answer is
 * asked again at every look until it does; what it said then stays. Any thread, one look at a time.
 */
final class NamedServers {

  private final QuickConfig quick;
  private final Discovery discovery;
  private volatile Map<String, ServerFacts> told = Map.of();

  NamedServers(QuickConfig quick, Discovery discovery) {
    this.quick = quick;
    this.discovery = discovery;
  }

  /** Refuses to start a hub that would call itself. */
  void refuse(int ownPort) throws ConfigException {
    Optional<Problem> problem = quick.naming(ownPort);
    if (problem.isPresent()) {
      throw new ConfigException(List.of(problem.get()));
    }
  }

  /** Asks those of which nothing is known; whether one of them answered. May wait for seconds. */
  boolean look() throws InterruptedException {
    Map<String, ServerFacts> known = told;
    List<QuickServer> open =
        quick.servers().stream()
            .filter(server -> server.mustBeAsked() && !known.containsKey(server.id()))
            .toList();
    Map<String, ServerFacts> answers = discovery.ask(open);
    Map<String, ServerFacts> all = new HashMap<>(known);
    all.putAll(answers);
    told = Map.copyOf(all);
    return !answers.isEmpty();
  }

  /** The configuration of these servers, as they are known now, and of found backends. */
  HubConfig with(ServerConfig server, List<BackendConfig> found) {
    return quick.config(OwnConfig.DEFAULT.with(server), told, found);
  }
}
