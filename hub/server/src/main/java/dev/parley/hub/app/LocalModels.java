package dev.parley.hub.app;

import dev.parley.hub.media.Kernels;
import dev.parley.hub.media.model.ModelCatalogue;
import dev.parley.hub.media.model.ModelFile;
import dev.parley.hub.media.model.ModelFolder;
import dev.parley.hub.media.model.ModelPack;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The models of the catalogue, as kernels ask for them. */
record LocalModels(ModelFolder folder) implements Kernels.ModelFiles {

  @Override
  public boolean isThere(String model) {
    return pack(model).stream()
        .flatMap(pack -> pack.files().stream())
        .allMatch(file -> Files.isRegularFile(folder.place(file)));
  }

  @Override
  public Optional<List<byte[]>> read(String model) {
    List<byte[]> files = new ArrayList<>();
    for (ModelFile file : pack(model).orElseThrow().files()) {
      Optional<byte[]> bytes = folder.read(file);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      files.add(bytes.get());
    }
    return Optional.of(files);
  }

  private static Optional<ModelPack> pack(String model) {
    return ModelCatalogue.STANDARD.pack(model);
  }
}
