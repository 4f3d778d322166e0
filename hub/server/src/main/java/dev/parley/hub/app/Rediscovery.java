package dev.parley.hub.app;

import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.discovery.Discovery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks again for backends on this machine while the hub runs. What was found once stays, shown as
 * down while it is away, so that names do not come and go with every restart of a server.
 */
final class Rediscovery implements AutoCloseable {

  /** Something else that is looked at each time. */
  interface Beside {
    /** Looks; whether anything new is known. */
    boolean look() throws InterruptedException;
  }

  static final Duration INTERVAL_DEFAULT = Duration.ofSeconds(15);

  private final Discovery discovery;
  private final Duration interval;
  private final Set<Integer> ownPorts;
  private final Beside beside;
  private final Consumer<List<BackendConfig>> found;
  private final Map<String, BackendConfig> known = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofVirtual().name("rediscovery").unstarted(this::run);

  /**
   * @param first what is known already
   * @param ownPorts where the hub itself listens
   * @param beside is looked at, too
   * @param found is told all that is known whenever that changes, or what is beside it, on one
   *     virtual thread
   */
  Rediscovery(
      Discovery discovery,
      Duration interval,
      List<BackendConfig> first,
      Set<Integer> ownPorts,
      Beside beside,
      Consumer<List<BackendConfig>> found) {
    this.discovery = discovery;
    this.interval = interval;
    this.ownPorts = Set.copyOf(ownPorts);
    this.beside = beside;
    this.found = found;
    first.forEach(backend -> known.put(backend.id(), backend));
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        lookOnce();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, in the middle of a look.
    }
  }

  void lookOnce() throws InterruptedException {
    boolean news = beside.look();
    Map<String, BackendConfig> next = new LinkedHashMap<>(known);
    for (BackendConfig backend : discovery.look(ownPorts)) {
      // Another kind of server may have taken over a port.
      next.values().removeIf(old -> old.baseUrl().equals(backend.baseUrl()));
      next.put(backend.id(), backend);
    }
    if (news || !Set.copyOf(next.values()).equals(Set.copyOf(known.values()))) {
      known.clear();
      known.putAll(next);
      found.accept(new ArrayList<>(next.values()));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
