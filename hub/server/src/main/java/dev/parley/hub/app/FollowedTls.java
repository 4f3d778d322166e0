package dev.parley.hub.app;

import dev.parley.adapters.http.LiveTls;
import dev.parley.adapters.http.TlsFilesException;
import dev.parley.core.error.Shown;
import dev.parley.core.spi.TlsFiles;
import dev.parley.hub.config.ConfigWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens files for TLS and follows them: what is written to them holds for new handshakes, once all
 * of them fit together; until then what was there before goes on.
 */
final class FollowedTls {

  private static final Logger log = LoggerFactory.getLogger("dev.parley.hub.Config");

  private FollowedTls() {}

  /**
   * Reads the files and follows them until what is returned is closed; blocks.
   *
   * @param whose who shows them, in words
   */
  static LiveTls of(String whose, TlsFiles files) {
    LiveTls live = new LiveTls(files);
    Listener listener = new Listener(whose, live);
    List<ConfigWatcher> watchers = new ArrayList<>();
    // The watches remember what they see now, so they have to come before the first reading.
    for (Path file : files.all()) {
      watchers.add(new ConfigWatcher(file, listener));
    }
    listener.read();
    watchers.forEach(ConfigWatcher::start);
    // Closing one waits for it, and who closes this may be an event loop.
    live.onClose(() -> Thread.ofVirtual().start(() -> watchers.forEach(ConfigWatcher::close)));
    return live;
  }

  private record Listener(String whose, LiveTls live) implements ConfigWatcher.Listener {

    synchronized void read() {
      try {
        if (live.reload()) {
          live.expires()
              .ifPresentOrElse(
                  end -> log.info("certificate of {} read; it expires {}", whose, end),
                  () -> log.info("certificates that {} is trusted by were read", whose));
        }
      } catch (TlsFilesException e) {
        log.warn(
            "the TLS files of {} cannot be used, so what was there before goes on: {}: {} (expected:"
                + " {})",
            whose,
            e.role().name().toLowerCase(Locale.ROOT),
            e.found(),
            e.allowed());
      }
    }

    @Override
    public void changed(Path file) {
      read();
    }

    @Override
    public void failed(Path file, Exception cause) {
      log.warn("trouble with watching the TLS files of {}: {}", whose, Shown.quoted("" + cause));
    }
  }
}
