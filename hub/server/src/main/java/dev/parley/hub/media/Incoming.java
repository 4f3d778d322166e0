package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
import dev.parley.core.error.HubException;
import dev.parley.gpu.codec.UnsupportedAudioException;
import dev.parley.hub.media.store.MediaUpload;
import dev.parley.hub.media.store.StoredFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes on their way into the hub. Nothing here waits: the disk is waited for on threads of its
 * own, and one write must have ended before the next begins.
 */
public final class Incoming {

  private static final Logger log = LoggerFactory.getLogger(Incoming.class);

  private final MediaUpload upload;
  private final Workers workers;
  private final Executor disk;

  Incoming(MediaUpload upload, Workers workers, Executor disk) {
    this.upload = upload;
    this.workers = workers;
    this.disk = disk;
  }

  /** Appends bytes, which belong to the upload until the future completes. */
  public CompletableFuture<Void> write(ByteBuffer bytes) {
    return CompletableFuture.runAsync(() -> upload.write(bytes), disk);
  }

  /** Keeps it under a name; what it is is recognised where it was not declared. */
  public CompletableFuture<Stored> keep(AudioFormat declared) {
    return look(declared).thenApplyAsync(this::kept, disk);
  }

  /** The bytes as sound for one call; to be dropped when the call has ended. */
  public Sound sound(AudioFormat declared) {
    return Sound.spooled(upload, declared);
  }

  /** How many bytes have come. */
  public long sizeBytes() {
    return upload.sizeBytes();
  }

  /** Forgets what is not kept; harmless when repeated. */
  public void drop() {
    disk.execute(upload::close);
  }

  /** What an upload is, as far as that is known. */
  private record Found(StoredFormat format, double seconds) {}

  /** Looks into it on a worker, as that is native work; unasked when all of them are taken. */
  private CompletableFuture<Found> look(AudioFormat declared) {
    Found said = new Found(MediaNames.stored(declared), 0);
    CompletableFuture<Found> looking = new CompletableFuture<>();
    Place place;
    try {
      place = workers.take();
    } catch (HubException _) {
      return CompletableFuture.completedFuture(said);
    }
    try {
      place.run(() -> {
        try (place) {
          looking.complete(found(declared, said));
        } catch (RuntimeException | LinkageError e) {
          looking.completeExceptionally(e);
        }
      });
    } catch (RuntimeException e) {
      place.close();
      looking.completeExceptionally(e);
    }
    return looking;
  }

  private Found found(AudioFormat declared, Found said) {
    // Whatever it is, it is stored: it may be meant for a backend that reads more than the hub.
    try (Reader reader = Reader.open(sound(declared))) {
      AudioFormat found = reader.format();
      AudioFormat whole =
          new AudioFormat(
              declared.encoding().or(found::encoding),
              found.sampleRateHz(),
              found.channels(),
              declared.bitRateBps());
      return new Found(MediaNames.stored(whole), reader.seconds().orElse(0));
    } catch (HubException | UnsupportedAudioException | IOException e) {
      log.debug("an upload whose format is not recognised", e);
      return said;
    }
  }

  private Stored kept(Found found) {
    try (upload) {
      return Stored.of(upload.commit(found.format(), found.seconds()));
    }
  }
}
