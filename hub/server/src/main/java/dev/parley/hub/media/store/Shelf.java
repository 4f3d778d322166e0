package dev.parley.hub.media.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The items on the disk: a folder each, named by the item's id, with its content and what is known
 * of it. A folder gets its name in one step when both files are whole, and loses it in one step, so
 * there is no half item. Several hubs can share a shelf; the caller sees to it that only one thread
 * of this one changes it.
 */
final class Shelf {

  static final String CONTENT = "content";
  static final String INFO = "info";

  /** What stands at an id. */
  sealed interface Entry {

    record Absent() implements Entry {}

    record Whole(MediaItem item) implements Entry {}

    /** There, and not readable; {@code why} is for the operator. */
    record Damaged(String why) implements Entry {}
  }

  private static final Entry ABSENT = new Entry.Absent();

  private final Path folder;

  Shelf(Path folder) {
    this.folder = folder;
  }

  boolean has(String id) {
    return Files.exists(folder.resolve(id), LinkOption.NOFOLLOW_LINKS);
  }

  Entry read(String id) {
    return read(id, folder.resolve(id));
  }

  /** What stands in a folder of an item's form, wherever it lies. */
  private static Entry read(String id, Path place) {
    try {
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return ABSENT;
      }
      if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
        return new Entry.Damaged("no folder");
      }
      Optional<MediaItem> item = ItemText.read(id, head(place.resolve(INFO)));
      if (item.isEmpty()) {
        return new Entry.Damaged("the text about it is not whole");
      }
      long size = regularSize(place.resolve(CONTENT));
      return size == item.get().sizeBytes()
          ? new Entry.Whole(item.get())
          : new Entry.Damaged(
              "content of " + size + " bytes (expected: " + item.get().sizeBytes() + ")");
    } catch (NoSuchFileException e) {
      // Another hub may have taken it away meanwhile, which is not damage.
      return Files.exists(place, LinkOption.NOFOLLOW_LINKS)
          ? new Entry.Damaged("a file of it is missing")
          : ABSENT;
    } catch (IOException e) {
      return new Entry.Damaged("cannot be read: " + e);
    }
  }

  private static byte[] head(Path file) throws IOException {
    regularSize(file);
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(ItemText.BYTES_MAX);
    }
  }

  private static long regularSize(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("not a plain file");
    }
    return Files.size(file);
  }

  /** The content of an item, to read. */
  FileChannel open(String id) throws IOException {
    Path content = folder.resolve(id).resolve(CONTENT);
    return FileChannel.open(content, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** Puts a finished folder under its id; fails when something stands there. */
  void put(String id, Path finished) throws IOException {
    Durable.move(finished, folder.resolve(id));
  }

  /** Replaces what is known of an item; {@code text} is a finished file and is gone afterwards. */
  void rewrite(String id, Path text) throws IOException {
    Durable.move(text, folder.resolve(id).resolve(INFO));
  }

  /** Takes what stands at an id away, to a place that is not there yet. */
  void take(String id, Path to) throws IOException {
    Durable.move(folder.resolve(id), to);
  }

  /** What {@link #take} has taken away. */
  static Entry taken(String id, Path place) {
    return read(id, place);
  }

  /** When what stands at an id came there, in milliseconds since the Unix epoch. */
  long changedMillis(String id) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(id), LinkOption.NOFOLLOW_LINKS).toMillis();
  }

  /** The ids that something stands at; other names are not ours and not looked at. */
  Set<String> ids() throws IOException {
    Set<String> ids = new HashSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        String name = String.valueOf(each.getFileName());
        if (MediaName.isId(name)) {
          ids.add(name);
        }
      }
    }
    return ids;
  }
}
