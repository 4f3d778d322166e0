package dev.parley.hub.app;

import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigWatcher;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.RouteAdvice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A configuration file that a running hub follows. No change since the first look is missed. */
final class FollowedFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Config");

  private final Shell shell;
  private final ConfigWatcher watcher;
  private final HubConfig first;
  private @Nullable FileReload reload;

  FollowedFile(Path file, Shell shell) throws ConfigException {
    this.shell = shell;
    // The watch remembers what it sees now, so it has to come before the first reading.
    this.watcher = new ConfigWatcher(file, new Relay());
    this.first = Setup.read(file, shell);
    RouteAdvice.of(first).forEach(advice -> log.warn("warning: {}", advice));
    TlsCheck.advice(first, shell.clock()).forEach(advice -> log.warn("warning: {}", advice));
  }

  /** What it said at the start. */
  HubConfig first() {
    return first;
  }

  /** Puts each change in effect from now on. */
  void follow(Hub hub) {
    reload = new FileReload(first, changed -> Setup.read(changed, shell), hub::apply, log::warn);
    watcher.start();
  }

  @Override
  public void close() {
    watcher.close();
  }

  private final class Relay implements ConfigWatcher.Listener {
    @Override
    public void changed(Path file) {
      if (reload != null) {
        reload.changed(file);
      }
    }

    @Override
    public void failed(Path file, Exception cause) {
      if (reload != null) {
        reload.failed(file, cause);
      }
    }
  }
}
