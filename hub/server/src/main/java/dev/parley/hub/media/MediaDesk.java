package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.error.Shown;
import dev.parley.hub.media.store.MediaItem;
import dev.parley.hub.media.store.MediaStatus;
import dev.parley.hub.media.store.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Where callers leave sound and fetch it: the store, and the threads that wait for its disk.
 * Thread-safe; nothing here waits.
 */
public final class MediaDesk implements AutoCloseable {

  private static final int PIECE_BYTES = 64 << 10;

  private final MediaStore store;
  private final Workers workers;
  private final ExecutorService disk = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param workers look into what is uploaded
   */
  public MediaDesk(MediaStore store, Workers workers) {
    this.store = store;
    this.workers = workers;
  }

  /** Takes bytes of which nobody said how many they are. */
  public Incoming receive() {
    return new Incoming(store.begin(), workers, disk);
  }

  /**
   * Takes bytes.
   *
   * @param declaredBytes how many there will be; 0 when nobody said
   * @throws HubException when there is no room for that many
   */
  public Incoming receive(long declaredBytes) {
    return new Incoming(store.begin(declaredBytes), workers, disk);
  }

  /** An upload as sound, by its name. */
  public Sound stored(String name, AudioFormat declared) {
    return Sound.stored(store, name, declared);
  }

  /** What is known of an upload. */
  public CompletableFuture<Stored> find(String name) {
    return CompletableFuture.supplyAsync(() -> Stored.of(item(name)), disk);
  }

  /** The bytes of an upload, unchanged. */
  public CompletableFuture<Made> download(String name) {
    return CompletableFuture.supplyAsync(
        () -> {
          AudioFormat format = MediaNames.format(item(name).format());
          return new Made(format, "", new Production<>(place(), new FilePieces(store.open(name))));
        },
        disk);
  }

  private MediaItem item(String name) {
    return store
        .find(name)
        .orElseThrow(() ->
            new HubException(
                new HubError.NotFound(
                    HubError.NotFound.Kind.MEDIA, Shown.text(name), Optional.empty())));
  }

  /** Every download has a thread while it reads: virtual ones are not scarce. */
  private Place place() {
    return new Place() {
      @Override
      public void run(Runnable step) {
        disk.execute(step);
      }

      @Override
      public void close() {}
    };
  }

  /** What the store holds. */
  public MediaStatus status() {
    return store.status();
  }

  /** Forgets what is expired, without waiting; to be called every minute or so. */
  public void sweep() {
    disk.execute(store::sweep);
  }

  @Override
  public void close() throws IOException {
    disk.close();
    store.close();
  }

  /** A file in pieces. */
  private static final class FilePieces implements PieceSource<Piece> {

    private final SeekableByteChannel file;

    FilePieces(SeekableByteChannel file) {
      this.file = file;
    }

    @Override
    public @Nullable Piece next() throws IOException {
      byte[] bytes = new byte[Math.clamp(file.size() - file.position(), 0, PIECE_BYTES)];
      ByteBuffer piece = ByteBuffer.wrap(bytes);
      while (piece.hasRemaining() && file.read(piece) >= 0) {
        // A short read is no end.
      }
      if (piece.position() == 0) {
        return null;
      }
      return new Piece(piece.hasRemaining() ? Arrays.copyOf(bytes, piece.position()) : bytes, 0);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
