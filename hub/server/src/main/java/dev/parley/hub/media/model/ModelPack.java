package dev.parley.hub.media.model;

import java.util.List;
import java.util.Optional;

/**
 * The files that one kernel needs, under the name that people fetch them by.
 *
 * @param summary what it is for, in a few words
 * @param archive where its files are published together, if they are
 * @param note what to know of the licence before fetching; empty when the licence says it all
 */
public record ModelPack(
    String name,
    String summary,
    List<ModelFile> files,
    Optional<ModelArchive> archive,
    String note) {

  public ModelPack {
    files = List.copyOf(files);
  }

  static ModelPack of(String name, String summary, ModelFile... files) {
    return new ModelPack(name, summary, List.of(files), Optional.empty(), "");
  }

  /** Size of all files together. */
  public long bytes() {
    return files.stream().mapToLong(ModelFile::bytes).sum();
  }
}
