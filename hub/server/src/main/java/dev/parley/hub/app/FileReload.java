package dev.parley.hub.app;

import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigWatcher;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.Problem;
import dev.parley.hub.config.RouteAdvice;
import dev.parley.hub.config.ServerConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Follows a change of the configuration file. A file with mistakes changes nothing. What cannot
 * change while the hub runs is refused by name, and the rest applies as a whole.
 */
final class FileReload implements ConfigWatcher.Listener {

  /** Reads the file again. */
  interface Reader {
    HubConfig read(Path file) throws ConfigException;
  }

  private final Reader reader;
  private final Consumer<HubConfig> apply;
  private final Consumer<String> report;
  private HubConfig read;

  /**
   * @param first what the file said at the start
   * @param apply puts the backends, models and defaults in effect
   * @param report takes lines for the operator
   */
  FileReload(HubConfig first, Reader reader, Consumer<HubConfig> apply, Consumer<String> report) {
    this.read = first;
    this.reader = reader;
    this.apply = apply;
    this.report = report;
  }

  @Override
  public synchronized void changed(Path file) {
    try {
      HubConfig next = reader.read(file);
      RouteAdvice.of(next).forEach(advice -> report.accept("warning: " + advice));
      for (String key : staticChanges(read.server(), next.server())) {
        report.accept(key + " changed: this needs a restart, the running value stays");
      }
      boolean same =
          read.backends().equals(next.backends())
              && read.models().equals(next.models())
              && read.defaults().equals(next.defaults());
      read = next;
      if (same) {
        report.accept("configuration read again: nothing to change");
      } else {
        apply.accept(next);
        report.accept(
            "configuration applied: "
                + Words.count(next.backends().size(), "backend")
                + ", "
                + Words.count(next.models().size(), "alias", "aliases"));
      }
    } catch (ConfigException e) {
      report.accept("the changed configuration has mistakes; the one before stays in effect:");
      for (Problem problem : e.problems()) {
        report.accept("  " + problem);
      }
    }
  }

  @Override
  public void failed(Path file, Exception cause) {
    report.accept("trouble with watching the configuration: " + Arguments.shown("" + cause));
  }

  /** Keys of the server section that differ; all of it is read once, at the start. */
  static List<String> staticChanges(ServerConfig before, ServerConfig after) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : ServerConfig.class.getRecordComponents()) {
      try {
        Object old = component.getAccessor().invoke(before);
        if (!Objects.equals(old, component.getAccessor().invoke(after))) {
          keys.add("server." + snake(component.getName()));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a public record has readable components", e);
      }
    }
    return keys;
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
