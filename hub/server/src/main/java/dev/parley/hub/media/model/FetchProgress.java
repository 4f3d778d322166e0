package dev.parley.hub.media.model;

/** Is told how far a download is, at most four times a second and once at its end. */
@FunctionalInterface
public interface FetchProgress {

  /** Tells nobody. */
  FetchProgress NONE = (_, _) -> {};

  /**
   * Called by the thread that fetches.
   *
   * @param file what is downloaded, with its size; an archive, perhaps
   * @param bytes that are here, those of an earlier, broken download included
   */
  void at(ModelFile file, long bytes);
}
