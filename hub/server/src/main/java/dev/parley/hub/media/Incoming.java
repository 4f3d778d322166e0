package dev.parley.hub.media;

import dev.parley.core.audio.AudioFormat;
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
  private final Executor disk;

  Incoming(MediaUpload upload, Executor disk) {
    this.upload = upload;
    this.disk = disk;
  }

  /** Appends bytes, which belong to the upload until the future completes. */
  public CompletableFuture<Void> write(ByteBuffer bytes) {
    return CompletableFuture.runAsync(() -> upload.write(bytes), disk);
  }

  /** Keeps it under a name; what it is is recognised where it was not declared. */
  public CompletableFuture<Stored> keep(AudioFormat declared) {
    return CompletableFuture.supplyAsync(() -> kept(declared), disk);
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

  private Stored kept(AudioFormat declared) {
    StoredFormat format = MediaNames.stored(declared);
    double seconds = 0;
    // Whatever it is, it is stored: it may be meant for a backend that reads more than the hub.
    try (Reader reader = Reader.open(sound(declared))) {
      AudioFormat found = reader.format();
      format =
          MediaNames.stored(
              new AudioFormat(
                  declared.encoding().or(found::encoding),
                  found.sampleRateHz(),
                  found.channels(),
                  declared.bitRateBps()));
      seconds = reader.seconds().orElse(0);
    } catch (UnsupportedAudioException | IOException e) {
      log.debug("an upload whose format is not recognised", e);
    }
    try (upload) {
      return Stored.of(upload.commit(format, seconds));
    }
  }
}
