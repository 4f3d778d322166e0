package dev.parley.hub.app;

import dev.parley.hub.config.ConfigException;
import dev.parley.hub.media.model.FetchPatience;
import dev.parley.hub.media.model.ModelCatalogue;
import dev.parley.hub.media.model.ModelFetchException;
import dev.parley.hub.media.model.ModelFetcher;
import dev.parley.hub.media.model.ModelFile;
import dev.parley.hub.media.model.ModelFolder;
import dev.parley.hub.media.model.ModelPack;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code parley models fetch}: gets the files of the hub's own models. */
final class ModelFetch {

  static final Option ALL = new Option("all", "", "with fetch: every model there is");

  private final ModelCatalogue catalogue;
  private final FetchPatience patience;

  ModelFetch(ModelCatalogue catalogue, FetchPatience patience) {
    this.catalogue = catalogue;
    this.patience = patience;
  }

  int run(List<String> names, Arguments arguments, Shell shell)
      throws UsageException, ConfigException, InterruptedException {
    List<ModelPack> packs = packs(names, arguments.has(ALL));
    ModelFolder folder = ModelFiles.folder(arguments, shell);
    FetchLines lines = new FetchLines(shell.err(), isTerminal(shell));
    int failed = 0;
    try (ModelFetcher fetcher = new ModelFetcher(folder, patience, shell.clock(), lines)) {
      for (ModelPack pack : packs) {
        shell.err().println(pack.name() + ": licence " + licence(pack));
        try {
          List<ModelFile> fetched = fetcher.fetch(pack);
          lines.end();
          shell.out().println(pack.name() + ": " + outcome(fetched));
        } catch (ModelFetchException e) {
          lines.end();
          shell.err().println(e.getMessage());
          failed++;
        }
      }
    }
    if (failed > 0) {
      shell.err().println(Words.count(failed, "model") + " of " + packs.size() + " not fetched");
      return Exit.FAILED;
    }
    shell.err().println("in " + folder.path().toAbsolutePath().normalize());
    return Exit.FINE;
  }

  private List<ModelPack> packs(List<String> names, boolean all) throws UsageException {
    if (all == !names.isEmpty()) {
      throw new UsageException(
          "models fetch takes names or --all (names: "
              + String.join(", ", catalogue.names())
              + ")");
    }
    if (all) {
      return catalogue.packs();
    }
    Map<String, ModelPack> packs = new LinkedHashMap<>();
    for (String name : names) {
      Optional<ModelPack> pack = catalogue.pack(name);
      if (pack.isEmpty()) {
        throw new UsageException(Arguments.unknown("model", name, catalogue.names().stream()));
      }
      packs.put(name, pack.get());
    }
    return List.copyOf(packs.values());
  }

  private static String licence(ModelPack pack) {
    List<String> names = pack.files().stream().map(ModelFile::licence).distinct().toList();
    return String.join(", ", names) + (pack.note().isEmpty() ? "" : "; " + pack.note());
  }

  private static String outcome(List<ModelFile> fetched) {
    return fetched.isEmpty()
        ? "already here"
        : "fetched "
            + Words.count(fetched.size(), "file")
            + ", "
            + ModelFiles.megabytes(fetched.stream().mapToLong(ModelFile::bytes).sum());
  }

  /** Whether somebody sees the lines; where only some of it is a terminal, lines are kept apart. */
  private static boolean isTerminal(Shell shell) {
    return shell.err().equals(System.err)
        && Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
