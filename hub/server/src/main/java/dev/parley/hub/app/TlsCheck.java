package dev.parley.hub.app;

import dev.parley.adapters.http.TlsFilesException;
import dev.parley.adapters.http.TlsMaterial;
import dev.parley.core.error.Shown;
import dev.parley.core.spi.TlsFiles;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.Advice;
import dev.parley.hub.config.BackendConfig;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.ListenerTls;
import dev.parley.hub.config.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks into the files for TLS that a configuration names. Blocks. */
final class TlsCheck {

  /** An operator who is told later than this may be too late. */
  private static final Duration WARNED_BEFORE = Duration.ofDays(14);

  private final HubConfig config;
  private final Instant now;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Advice> advice = new ArrayList<>();

  private TlsCheck(HubConfig config, Clock clock) {
    this.config = config;
    this.now = Instant.ofEpochMilli(clock.epochMillis());
    Optional<TlsFiles> own = config.server().tls().map(ListenerTls::files);
    own.ifPresent(files -> look("server.tls", "client_ca", files));
    List<BackendConfig> backends = config.backends();
    for (int i = 0; i < backends.size(); i++) {
      String at = "backends[" + i + "].tls";
      backends.get(i).tls().ifPresent(files -> look(at, "ca", files));
    }
  }

  /** Fails with every file that cannot be used. */
  static void require(HubConfig config, Clock clock) throws ConfigException {
    TlsCheck check = new TlsCheck(config, clock);
    if (!check.problems.isEmpty()) {
      throw new ConfigException(check.problems);
    }
  }

  /** Certificates that expire soon, or have. */
  static List<Advice> advice(HubConfig config, Clock clock) {
    return new TlsCheck(config, clock).advice;
  }

  private void look(String at, String caKey, TlsFiles files) {
    try {
      TlsMaterial.read(files).expires().ifPresent(end -> expiry(at + ".certificate", end));
    } catch (TlsFilesException e) {
      String key =
          e.role() == TlsFilesException.Role.CA ? caKey : e.role().name().toLowerCase(Locale.ROOT);
      String path = at + "." + key;
      problems.add(
          new Problem(
              config.origins().file(),
              config.origins().line(path),
              path,
              shown(files, e.role()) + ": " + e.found(),
              e.allowed(),
              Optional.empty()));
    }
  }

  private static String shown(TlsFiles files, TlsFilesException.Role role) {
    Optional<Path> file =
        switch (role) {
          case CA -> files.ca();
          case CERTIFICATE -> files.certificate();
          case KEY -> files.key();
        };
    return Shown.quoted("" + file.orElseThrow());
  }

  private void expiry(String path, Instant end) {
    if (end.isAfter(now.plus(WARNED_BEFORE))) {
      return;
    }
    String words =
        end.isAfter(now)
            ? "expires in " + Words.count(Duration.between(now, end).toDays(), "day") + ", "
            : "expired, ";
    advice.add(
        new Advice(
            config.origins().file(), config.origins().line(path), path, words + "at " + end));
  }
}
