package dev.parley.hub.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits until something happens in a file's directory, or a while where nothing can tell. */
final class DirectoryWatch implements AutoCloseable {

  private @Nullable WatchService service;

  private DirectoryWatch(@Nullable WatchService service) {
    this.service = service;
  }

  /** A watch that only lets time pass when the file system offers none; why is reported. */
  static DirectoryWatch of(Path file, Consumer<Exception> report) {
    Path directory = file.getParent();
    WatchService service = null;
    try {
      if (directory != null) {
        service = directory.getFileSystem().newWatchService();
        directory.register(
            service,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
        return new DirectoryWatch(service);
      }
    } catch (IOException | RuntimeException e) {
      report.accept(e);
      closeQuietly(service);
    }
    return new DirectoryWatch(null);
  }

  /** Returns at an event in the directory, when the time is up, or when the latch opens. */
  void await(Duration longest, CountDownLatch latch) throws InterruptedException {
    WatchService watching = service;
    if (watching == null) {
      latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
      return;
    }
    try {
      WatchKey key = watching.poll(longest.toNanos(), TimeUnit.NANOSECONDS);
      if (key != null) {
        key.pollEvents();
        // An invalid key never fires again: its directory is gone, and polling must do.
        if (!key.reset()) {
          close();
        }
      }
    } catch (ClosedWatchServiceException e) {
      service = null;
    }
  }

  @Override
  public void close() {
    closeQuietly(service);
    service = null;
  }

  private static void closeQuietly(@Nullable WatchService service) {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      // Nothing depends on it any more.
    }
  }
}
