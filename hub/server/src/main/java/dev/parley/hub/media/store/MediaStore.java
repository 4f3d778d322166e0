package dev.parley.hub.media.store;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.core.time.Clock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads, kept by content for a time below the data directory. Any thread may call; calls wait for
 * the disk, so they belong on a virtual thread. It has no thread of its own: the hub calls {@link
 * #sweep} every minute or so. Several hubs may use one data directory; each finds the items of the
 * others, and each counts by itself what its own uploads hold.
 *
 * <p>Nothing is ever half readable: an upload lies in a folder that only this process uses, its
 * content and the text about it are forced to the disk, and then the folder is renamed.
 */
public final class MediaStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MediaStore.class);

  /** Bounds what is kept in memory of items, about 500 bytes each. */
  private static final int ITEMS_MAX = 100_000;

  /** How often a step that another hub was faster with is taken again. */
  private static final int TRIES_MAX = 3;

  private final MediaLimits limits;
  private final Clock clock;
  private final Path benches;
  private final Shelf shelf;
  private final Workbench bench;
  private final Stock stock;

  /** Held while the shelf is changed, which takes some milliseconds. */
  private final ReentrantLock changing = new ReentrantLock();

  private MediaStore(MediaLimits limits, Clock clock, Path folder) throws IOException {
    this.limits = limits;
    this.clock = clock;
    Path items = Durable.ownFolder(folder.resolve("items"));
    this.benches = Durable.ownFolder(folder.resolve("partial"));
    this.shelf = new Shelf(items);
    this.stock = new Stock(limits);
    Workbench.clear(benches);
    this.bench = Workbench.open(benches);
  }

  /**
   * Opens the store in the folder {@code media} of the data directory and makes what is missing of
   * both. Clears away what uploads of dead processes left, and forgets what is expired.
   *
   * @throws IOException when the folders cannot be made or written
   */
  public static MediaStore open(Path dataDirectory, MediaLimits limits, Clock clock)
      throws IOException {
    Files.createDirectories(dataDirectory);
    MediaStore store =
        new MediaStore(limits, clock, Durable.ownFolder(dataDirectory.resolve("media")));
    store.sweep();
    return store;
  }

  /** Begins an upload of unknown length. */
  public MediaUpload begin() {
    return begin(0);
  }

  /**
   * Begins an upload that will have about that many bytes, so that one without a chance is refused
   * before it is sent.
   *
   * @throws HubException with {@link HubError.TooLarge} or {@link HubError.Overloaded}
   */
  public MediaUpload begin(long declaredBytes) {
    if (declaredBytes > limits.itemBytesMax()) {
      throw tooLarge(limits.itemBytesMax());
    }
    if (!stock.hasRoom(declaredBytes)) {
      forgetExpired();
      if (!stock.hasRoom(declaredBytes)) {
        throw full();
      }
    }
    if (!stock.begin()) {
      throw new HubException(
          new HubError.Overloaded(
              limits.uploadsMax() + " uploads are running", Duration.ofSeconds(1)));
    }
    try {
      return new MediaUpload(this, stock, limits.itemBytesMax(), bench.place());
    } catch (IOException e) {
      stock.end();
      throw MediaUpload.diskFailed(e);
    }
  }

  static HubException tooLarge(long bytesMax) {
    return new HubException(new HubError.TooLarge("the upload", "size of one medium", bytesMax));
  }

  static HubException full() {
    return new HubException(
        new HubError.Overloaded("the room for uploaded media is used up", Duration.ZERO));
  }

  /** What is known of an item; empty for names that are malformed, unknown or expired. */
  public Optional<MediaItem> find(String name) {
    Optional<String> id = MediaName.id(name);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<MediaItem> known = stock.get(id.get());
    if (known.isPresent() && !known.get().isExpired(clock.epochMillis())) {
      return known;
    }
    if (known.isEmpty() && !shelf.has(id.get())) {
      return Optional.empty();
    }
    return settle(id.get());
  }

  /**
   * The content of an item, from its first byte. It stays readable until it is closed, whatever
   * becomes of the item.
   *
   * @throws HubException with {@link HubError.NotFound} where {@link #find} finds nothing
   */
  public SeekableByteChannel open(String name) {
    for (int i = 0; i < TRIES_MAX; i++) {
      Optional<MediaItem> item = find(name);
      if (item.isEmpty()) {
        break;
      }
      String id = MediaName.id(name).orElseThrow();
      try {
        FileChannel content = shelf.open(id);
        if (content.size() == item.get().sizeBytes()) {
          return content;
        }
        content.close();
      } catch (NoSuchFileException e) {
        log.debug("another hub has forgotten {}", name, e);
      } catch (IOException e) {
        log.warn("{} cannot be read: {}", name, e.toString());
      }
      settle(id);
    }
    throw new HubException(
        new HubError.NotFound(HubError.NotFound.Kind.MEDIA, Shown.text(name), Optional.empty()));
  }

  /** What it holds now. */
  public MediaStatus status() {
    return stock.status();
  }

  /**
   * Forgets what is expired, learns what other hubs stored or forgot, and clears away what dead
   * ones left. To be called every minute or so.
   */
  public void sweep() {
    forgetExpired();
    try {
      Workbench.clear(benches);
      Set<String> there = shelf.ids();
      Set<String> known = stock.ids();
      there.stream().filter(id -> !known.contains(id)).limit(ITEMS_MAX).forEach(this::settle);
      known.stream().filter(id -> !there.contains(id)).forEach(this::settle);
      // What could not be read for a moment only is an item again.
      stock.damaged().forEach(this::settle);
    } catch (IOException e) {
      log.warn("the folder of media cannot be read: {}", e.toString());
    }
  }

  void forgetExpired() {
    stock.expired(clock.epochMillis()).forEach(this::settle);
  }

  /** Brings the books in line with what stands at an id, and takes away what is expired there. */
  private Optional<MediaItem> settle(String id) {
    changing.lock();
    try {
      return switch (shelf.read(id)) {
        case Shelf.Entry.Absent() -> {
          stock.remove(id);
          yield Optional.empty();
        }
        case Shelf.Entry.Damaged(String why) -> {
          report(id, why);
          yield Optional.empty();
        }
        case Shelf.Entry.Whole(MediaItem item) -> keepOrForget(id, item);
      };
    } finally {
      changing.unlock();
    }
  }

  /** A damaged item is left for the operator to look at for as long as it would have lived. */
  private void report(String id, String why) {
    if (stock.damage(id)) {
      log.warn("stored media {} is damaged and cannot be used: {}", id, why);
    }
    try {
      if (shelf.changedMillis(id) + limits.keep().toMillis() <= clock.epochMillis()) {
        Path place = bench.place();
        shelf.take(id, place);
        Workbench.delete(place);
        stock.remove(id);
      }
    } catch (IOException e) {
      log.warn("damaged media {} cannot be deleted: {}", id, e.toString());
    }
  }

  private Optional<MediaItem> keepOrForget(String id, MediaItem stored) {
    long now = clock.epochMillis();
    Instant latest = Instant.ofEpochMilli(now).plus(limits.keep());
    MediaItem item = stored.expireTime().isAfter(latest) ? shortened(id, stored, latest) : stored;
    if (!item.isExpired(now)) {
      if (stock.count() < ITEMS_MAX || stock.get(id).isPresent()) {
        stock.put(id, item);
      }
      return Optional.of(item);
    }
    try {
      if (takeAway(id, now)) {
        stock.remove(id);
      }
    } catch (IOException e) {
      log.warn("expired media {} cannot be deleted: {}", id, e.toString());
      // Its bytes are still on the disk, so they count.
      stock.put(id, item);
    }
    return Optional.empty();
  }

  /** A clock that was wrong, or a limit that was longer, keeps nothing for ever. */
  private MediaItem shortened(String id, MediaItem item, Instant expires) {
    MediaItem shortened = item.expiring(expires);
    Path text = bench.place();
    try {
      Durable.write(text, ItemText.of(shortened));
      shelf.rewrite(id, text);
    } catch (IOException e) {
      log.warn("media {} stays for longer than it should: {}", id, e.toString());
    }
    return shortened;
  }

  /** False when another hub has prolonged it at the last moment. */
  private boolean takeAway(String id, long now) throws IOException {
    Path place = bench.place();
    try {
      shelf.take(id, place);
    } catch (NoSuchFileException e) {
      log.debug("another hub has forgotten {}", id, e);
      return true;
    }
    boolean prolonged =
        Shelf.taken(id, place) instanceof Shelf.Entry.Whole(MediaItem item) && !item.isExpired(now);
    if (prolonged) {
      shelf.put(id, place);
      return false;
    }
    Workbench.delete(place);
    return true;
  }

  /** Makes an item of the finished content in a folder of the bench. */
  MediaItem publish(
      Path folder, String sha256, StoredFormat format, double durationSeconds, long bytes)
      throws IOException {
    String id = MediaName.id(sha256, format);
    Instant expires = Instant.ofEpochMilli(clock.epochMillis()).plus(limits.keep());
    MediaItem item =
        new MediaItem(MediaName.of(id), format, durationSeconds, bytes, sha256, expires);
    Durable.write(folder.resolve(Shelf.INFO), ItemText.of(item));
    Durable.folder(folder);
    changing.lock();
    try {
      if (stock.count() >= ITEMS_MAX && stock.get(id).isEmpty()) {
        throw full();
      }
      place(id, folder);
      stock.put(id, item);
      return item;
    } finally {
      changing.unlock();
    }
  }

  private void place(String id, Path folder) throws IOException {
    for (int i = 1; ; i++) {
      try {
        switch (shelf.read(id)) {
          case Shelf.Entry.Absent() -> shelf.put(id, folder);
          case Shelf.Entry.Whole(_) -> shelf.rewrite(id, folder.resolve(Shelf.INFO));
          case Shelf.Entry.Damaged(_) -> {
            Path away = bench.place();
            shelf.take(id, away);
            Workbench.delete(away);
            shelf.put(id, folder);
          }
        }
        return;
      } catch (IOException e) {
        if (i == TRIES_MAX
            || !Files.exists(folder.resolve(Shelf.INFO), LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
        log.debug("another hub stored or forgot {} meanwhile", id, e);
      }
    }
  }

  /** Ends the store; uploads that run on fail. Items stay. */
  @Override
  public void close() throws IOException {
    bench.close();
  }
}
