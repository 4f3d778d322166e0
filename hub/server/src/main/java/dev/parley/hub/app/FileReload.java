package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.ConfigWatcher;
import dev.parley.hub.config.HubConfig;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.config.Problem;
import dev.parley.hub.config.RouteAdvice;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

  /** Keys of sections that are read once which a running hub takes over all the same. */
  private static final Set<String> LIVE =
      Set.of("limits.hub", "limits.key", "limits.owners", "limits.models", "telemetry.log_levels");

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
      for (String key : staticChanges(read.own(), next.own())) {
        report.accept(key + " changed: this needs a restart, the running value stays");
      }
      boolean same =
          read.backends().equals(next.backends())
              && read.models().equals(next.models())
              && read.defaults().equals(next.defaults())
              && read.own().access().equals(next.own().access())
              && read.own().limits().equals(next.own().limits())
              && read.own().telemetry().logLevels().equals(next.own().telemetry().logLevels());
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
    report.accept("trouble with watching the configuration: " + Shown.quoted("" + cause));
  }

  /** Keys that differ in sections that are read once, at the start. */
  static List<String> staticChanges(OwnConfig before, OwnConfig after) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent section : OwnConfig.class.getRecordComponents()) {
      if (section.getName().equals("access")) {
        continue; // changes while the hub runs
      }
      Object old = value(section, before);
      Object fresh = value(section, after);
      if (!section.getType().isRecord()) {
        // A section that may be missing: as a whole.
        if (!Objects.equals(old, fresh)) {
          keys.add(snake(section.getName()));
        }
        continue;
      }
      for (RecordComponent component : section.getType().getRecordComponents()) {
        String key = section.getName() + "." + snake(component.getName());
        if (!LIVE.contains(key)
            && !Objects.equals(value(component, old), value(component, fresh))) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  private static Object value(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record has readable components", e);
    }
  }

  private static String snake(String camel) {
    return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
