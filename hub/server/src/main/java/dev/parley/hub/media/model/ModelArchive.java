package dev.parley.hub.media.model;

import java.util.Map;

/**
 * A published {@code .tar.gz} that holds files of models.
 *
 * @param file the archive itself
 * @param members the name inside of the archive by the id of the file that it becomes
 */
public record ModelArchive(ModelFile file, Map<String, String> members) {

  public ModelArchive {
    members = Map.copyOf(members);
  }
}
