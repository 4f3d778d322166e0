package dev.parley.hub.app;

import dev.parley.core.error.Shown;
import dev.parley.hub.config.ConfigException;
import dev.parley.hub.config.OwnConfig;
import dev.parley.hub.media.model.ModelCatalogue;
import dev.parley.hub.media.model.ModelFile;
import dev.parley.hub.media.model.ModelFolder;
import dev.parley.hub.media.model.ModelPack;
import dev.parley.hub.media.model.ModelState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code parley models local}: which of the hub's own models are here. */
final class ModelFiles {

  static final Option MODELS =
      new Option(
          "models", "FOLDER", "where files of models lie; default models in the data folder");
  static final Option DATA =
      new Option(
          "data", "FOLDER", "where the hub keeps what it stores; default data, or PARLEY_DATA");

  private final ModelCatalogue catalogue;

  ModelFiles(ModelCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The folder that the command line names, else the one that a hub started here would look in.
   *
   * @throws ConfigException when the configuration that says so cannot be read
   */
  static ModelFolder folder(Arguments arguments, Shell shell) throws ConfigException {
    Optional<String> named = arguments.get(MODELS);
    if (named.isPresent()) {
      return new ModelFolder(shell.directory().resolve(named.get()));
    }
    Optional<Path> file = Setup.file(arguments, shell);
    OwnConfig own = file.isPresent() ? Setup.read(file.get(), shell).own() : OwnConfig.DEFAULT;
    return new ModelFolder(Places.of(arguments.get(DATA), shell).modelFolder(own));
  }

  /** Shows a line for each; fails when something is damaged. */
  int run(Arguments arguments, Shell shell) throws ConfigException {
    ModelFolder folder = folder(arguments, shell);
    if (Files.exists(folder.path()) && !Files.isDirectory(folder.path())) {
      shell
          .err()
          .println(
              "parley: "
                  + Shown.quoted("" + folder.path())
                  + " is a file and no folder; --models names another one");
      return Exit.FAILED;
    }
    Table table = new Table("NAME", "STATE", "SIZE", "LICENCE", "WHAT");
    Set<String> faults = new LinkedHashSet<>();
    List<String> wanted = new ArrayList<>();
    for (ModelPack pack : catalogue.packs()) {
      String state = state(pack, folder, faults);
      if (!state.equals("here")) {
        wanted.add(pack.name());
      }
      table.row(pack.name(), state, megabytes(pack.bytes()), licence(pack), pack.summary());
    }
    table.lines().forEach(shell.out()::println);
    shell.err().println("in " + folder.path().toAbsolutePath().normalize());
    faults.forEach(fault -> shell.err().println("damaged: " + fault));
    if (!wanted.isEmpty()) {
      shell
          .err()
          .println("to fetch what is not here: parley models fetch " + String.join(" ", wanted));
    }
    return faults.isEmpty() ? Exit.FINE : Exit.FAILED;
  }

  /** One word for all files of a pack. */
  private static String state(ModelPack pack, ModelFolder folder, Set<String> faults) {
    int present = 0;
    boolean damaged = false;
    for (ModelFile file : pack.files()) {
      switch (folder.state(file)) {
        case ModelState.Present() -> present++;
        case ModelState.Missing() -> {}
        case ModelState.Damaged(String why) -> {
          damaged = true;
          faults.add(why);
        }
      }
    }
    if (damaged) {
      return "damaged";
    }
    return present == pack.files().size() ? "here" : present == 0 ? "missing" : "incomplete";
  }

  static String licence(ModelPack pack) {
    String names =
        pack.files().stream().map(ModelFile::licence).distinct().collect(Collectors.joining(", "));
    return pack.note().isEmpty() ? names : names + " (see fetch)";
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
