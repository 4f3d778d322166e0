package dev.parley.hub.media.model;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of an answer behind what a file holds already, and never more than was announced
 * for it. The writing thread is the client's; how far it is can be read from any.
 */
final class PartBody implements BodySubscriber<Long> {

  private final FileChannel part;
  private final long bytesMax;
  private final CompletableFuture<Long> end = new CompletableFuture<>();
  private Flow.@Nullable Subscription source;
  private volatile long bytes;

  /**
   * @param bytes that the file holds and that are kept
   */
  PartBody(FileChannel part, long bytes, long bytesMax) {
    this.part = part;
    this.bytes = bytes;
    this.bytesMax = bytesMax;
  }

  /** How many bytes the file holds. */
  long bytes() {
    return bytes;
  }

  @Override
  public CompletionStage<Long> getBody() {
    return end;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    try {
      part.truncate(bytes);
      subscription.request(1);
    } catch (IOException e) {
      fail(new DiskException(e));
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (end.isDone()) {
      return;
    }
    try {
      for (ByteBuffer buffer : buffers) {
        if (buffer.remaining() > bytesMax - bytes) {
          fail(new TooLongException());
          return;
        }
        while (buffer.hasRemaining()) {
          long at = bytes;
          bytes = at + part.write(buffer, at);
        }
      }
    } catch (IOException e) {
      fail(new DiskException(e));
      return;
    }
    if (source != null) {
      source.request(1);
    }
  }

  private void fail(IOException e) {
    if (source != null) {
      source.cancel();
    }
    end.completeExceptionally(e);
  }

  @Override
  public void onError(Throwable failure) {
    end.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    end.complete(bytes);
  }

  /** The body has more bytes than the file. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** The disk did not take what came. */
  static final class DiskException extends IOException {
    private static final long serialVersionUID = 1L;

    DiskException(IOException cause) {
      super(cause);
    }
  }
}
