package dev.parley.hub.media.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {

  private static final ModelCatalogue STANDARD = ModelCatalogue.STANDARD;

  @Test
  void namesEveryPackThatKernelsAskFor() {
    assertThat(STANDARD.names())
        .containsExactly(
            "silero-vad",
            "silero-vad-v5",
            "fireredvad-stream",
            "fireredvad",
            "vad-accurate",
            "deepfilternet3",
            "gtcrn",
            "ul-unas",
            "dtln");
    assertThat(STANDARD.pack("gtcrn").orElseThrow().files()).containsExactly(ModelCatalogue.GTCRN);
    assertThat(STANDARD.pack("GTCRN")).isEmpty();
  }

  @Test
  void listsEveryFileOnceByIdPlaceAndContent() {
    Set<String> seen = new HashSet<>();
    for (ModelFile file : STANDARD.files()) {
      assertThat(seen.add(file.id())).isTrue();
      assertThat(seen.add(file.fileName())).isTrue();
      assertThat(seen.add(file.sha256())).isTrue();
      assertThat(file.address().getScheme()).isEqualTo("https");
    }
    assertThat(STANDARD.files()).hasSize(12);
  }

  @Test
  void knowsTheMembersOfItsArchives() {
    for (ModelPack pack : STANDARD.packs()) {
      pack.archive()
          .ifPresent(archive ->
              assertThat(archive.members().keySet())
                  .containsExactlyInAnyOrderElementsOf(
                      pack.files().stream().map(ModelFile::id).toList()));
    }
  }

  /** The folder of models beside the project has the layout of the catalogue. */
  @Test
  void readsThePublishedFilesWhereTheyAre() {
    Path models = Path.of(System.getProperty("shared.dir", "../../../shared"), "models");
    assumeTrue(Files.isDirectory(models), "skipped: needs shared/models");
    ModelFolder folder = new ModelFolder(models);
    for (ModelFile file : STANDARD.files()) {
      assertThat(folder.state(file)).as(file.id()).isInstanceOf(ModelState.Present.class);
      assertThat(folder.read(file).orElseThrow()).hasSize((int) file.bytes());
    }
  }
}
