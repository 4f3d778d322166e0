package dev.parley.hub.media.model;

import dev.parley.core.time.Clock;
import dev.parley.hub.config.FolderTrouble;
import dev.parley.hub.media.model.ModelFetchException.Kind;
import dev.parley.hub.media.store.Durable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * Fetches files of models from where they are published into a folder. A file gets its name when it
 * is whole, checked and on the disk. One process at a time fetches into a folder. Blocking; one
 * thread at a time.
 */
public final class ModelFetcher implements AutoCloseable {

  private static final String LOCK = ".fetching";
  private static final String UNPACK = "\n           then fetch again, which unpacks it";

  /** Folders that threads of this process fetch into; a lock holds off other processes only. */
  private static final Set<Path> FETCHING = ConcurrentHashMap.newKeySet();

  private final ModelFolder folder;
  private final FetchPatience patience;
  private final Clock clock;
  private final FetchProgress progress;
  private final HttpClient client;

  /** Hosts that did not answer, so that each is waited for once. */
  private final Set<String> unreachable = new HashSet<>();

  public ModelFetcher(
      ModelFolder folder, FetchPatience patience, Clock clock, FetchProgress progress) {
    this.folder = folder;
    this.patience = patience;
    this.clock = clock;
    this.progress = progress;
    // From https it goes to https only.
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience.connect())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Fetches what is missing or damaged of a pack.
   *
   * @return the files that were fetched; empty when all were there
   * @throws ModelFetchException with what to do by hand
   */
  public List<ModelFile> fetch(ModelPack pack) throws ModelFetchException, InterruptedException {
    Path own = folder.path().toAbsolutePath().normalize();
    if (!FETCHING.add(own)) {
      throw busy();
    }
    try {
      Files.createDirectories(folder.path());
      try (FileChannel _ = lock()) {
        List<ModelFile> wanted =
            pack.files().stream()
                .filter(file -> !(folder.state(file) instanceof ModelState.Present))
                .toList();
        if (!wanted.isEmpty()) {
          fetch(pack, wanted);
        }
        return wanted;
      }
    } catch (IOException e) {
      throw new ModelFetchException(
          Kind.FOLDER, folder.path() + " cannot be used: " + FolderTrouble.words(e), e);
    } finally {
      FETCHING.remove(own);
    }
  }

  private void fetch(ModelPack pack, List<ModelFile> wanted)
      throws ModelFetchException, IOException, InterruptedException {
    Optional<ModelArchive> archive = pack.archive();
    if (archive.isPresent()) {
      unpack(archive.get(), wanted);
      return;
    }
    List<String> failures = new ArrayList<>();
    for (ModelFile file : wanted) {
      try {
        Durable.move(download(file, ""), folder.place(file));
      } catch (ModelFetchException e) {
        // Where nobody answers, people want to know of every file what to put where.
        if (e.kind() != Kind.UNREACHABLE) {
          throw e;
        }
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    if (!failures.isEmpty()) {
      throw new ModelFetchException(Kind.UNREACHABLE, String.join("\n", failures));
    }
  }

  /** The lock file stays: were it deleted, two processes could each have locked one. */
  private FileChannel lock() throws IOException, ModelFetchException {
    FileChannel channel =
        FileChannel.open(
            folder.path().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw busy();
  }

  private ModelFetchException busy() {
    return new ModelFetchException(
        Kind.FOLDER,
        "another process is fetching models into "
            + folder.path()
            + "; try again when it has ended");
  }

  /**
   * Brings a file as far as its part file.
   *
   * @param then what else to do where it is brought by hand
   */
  private Path download(ModelFile file, String then)
      throws ModelFetchException, IOException, InterruptedException {
    Path place = folder.place(file);
    Path parent = place.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    String host = String.valueOf(file.address().getHost());
    try {
      if (unreachable.contains(host)) {
        throw new ModelFetchException(Kind.UNREACHABLE, "no connection to " + host);
      }
      return new Download(client, patience, clock, file, place, progress).run();
    } catch (ModelFetchException e) {
      if (e.kind() == Kind.UNREACHABLE) {
        unreachable.add(host);
      }
      String why = String.valueOf(e.getMessage());
      throw new ModelFetchException(e.kind(), byHand(file, why) + then, e);
    }
  }

  /** Why it failed, and how people get the file here without this program. */
  private String byHand(ModelFile file, String why) {
    return String.join(
        "\n",
        file.id() + " was not fetched: " + why,
        "  by hand: fetch " + file.address(),
        "           and put it at " + folder.place(file).toAbsolutePath().normalize(),
        "           " + file.bytes() + " bytes, sha256 " + file.sha256());
  }

  /** An archive that somebody put here is used and stays; one that was fetched goes. */
  private void unpack(ModelArchive archive, List<ModelFile> wanted)
      throws ModelFetchException, IOException, InterruptedException {
    Optional<byte[]> here = folder.read(archive.file());
    Optional<Path> part =
        here.isPresent() ? Optional.empty() : Optional.of(download(archive.file(), UNPACK));
    byte[] packed = part.isPresent() ? Files.readAllBytes(part.get()) : here.orElseThrow();
    Map<String, Long> members = new HashMap<>();
    for (ModelFile file : wanted) {
      members.put(member(archive, file), file.bytes());
    }
    try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      Map<String, byte[]> contents = Tar.read(tar, members);
      for (ModelFile file : wanted) {
        place(file, Optional.ofNullable(contents.get(member(archive, file))));
      }
    }
    if (part.isPresent()) {
      Files.deleteIfExists(part.get());
    }
  }

  private static String member(ModelArchive archive, ModelFile file) {
    return Optional.ofNullable(archive.members().get(file.id())).orElseThrow();
  }

  private void place(ModelFile file, Optional<byte[]> content)
      throws ModelFetchException, IOException {
    Path place = folder.place(file);
    Optional<String> fault =
        content.isEmpty()
            ? Optional.of(file.id() + " is not in the archive")
            : ModelFolder.fault(file, place, content.get());
    if (fault.isPresent()) {
      throw new ModelFetchException(Kind.WRONG_CONTENT, fault.get());
    }
    Path parent = place.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path part = place.resolveSibling(place.getFileName() + ".part");
    Files.deleteIfExists(part);
    Durable.write(part, content.orElseThrow());
    Durable.move(part, place);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
