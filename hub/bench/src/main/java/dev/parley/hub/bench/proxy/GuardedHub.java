package dev.parley.hub.bench.proxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.Keys;
import dev.parley.hub.bench.process.Child;
import dev.parley.hub.bench.process.Servers;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A hub with all that a team's hub has: ten thousand keys, a thousand names, limits of the hub, of
 * each key and of the model, prices and a budget; ledger, metrics and call log are on anyway.
 */
final class GuardedHub {

  private static final String NAME = "guarded";
  private static final int KEYS = 10_000;

  /** With the one that is called: a thousand. */
  private static final int NAMES = 999;

  private GuardedHub() {}

  /**
   * Starts it.
   *
   * @param redis {@code redis://} where limits are counted; empty: in its memory
   */
  static Contender start(Servers servers, int backendPort, Optional<String> redis) {
    Secret one = keys(servers.data(NAME));
    Child hub = servers.hub(NAME, port -> config(port, backendPort, redis), List.of());
    return new Contender(
        Contender.Kind.GUARDED, hub, "authorization: Bearer " + one.value() + "\r\n");
  }

  /** Makes the keys where the hub will find them; one from the middle of them. */
  private static Secret keys(Path data) {
    // Each of ten thousand is no news here.
    if (LoggerFactory.getLogger(Keys.class) instanceof Logger log) {
      log.setLevel(Level.WARN);
    }
    AccessConfig access = AccessConfig.DEFAULT;
    try (Keys keys =
        Keys.open(access, Optional.empty(), data, Clock.system(), new SecureRandom())) {
      Secret middle = new Secret("none");
      for (int i = 0; i < KEYS; i++) {
        Secret made = keys.create(KeyConfig.named("k" + i)).join().secret();
        middle = i == KEYS / 2 ? made : middle;
      }
      return middle;
    }
  }

  private static String config(int port, int backendPort, Optional<String> redis) {
    StringBuilder text =
        new StringBuilder(
            """
            server: { host: 127.0.0.1, port: %d }
            backends:
              - id: fake
                type: openai
                base_url: http://127.0.0.1:%d/v1
                models:
                  - id: served
                    capabilities: [chat]
                    price: { input_tokens: 0.5, output_tokens: 1.5 }
                limits: { concurrency: 2000, queue: 2000 }
            limits:
              store: %s
              hub: { requests: 50000000/1m, tokens: 50000000/1m, streams: 10000 }
              key: { requests: 50000000/1m, tokens: 50000000/1m, streams: 5000, budget: { month: 100000000 } }
              models: { bench: { requests: 50000000/1m } }
            models:
              - { id: bench, targets: [ { backend: fake, model: served } ] }
            """
                .formatted(
                    port,
                    backendPort,
                    redis.map(url -> "redis\n  redis: { url: \"" + url + "\" }").orElse("memory")));
    for (int i = 0; i < NAMES; i++) {
      text.append("  - { id: name-").append(i);
      text.append(", targets: [ { backend: fake, model: served } ] }\n");
    }
    return text.toString();
  }
}
